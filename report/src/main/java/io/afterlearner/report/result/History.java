package io.afterlearner.report.result;

import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.TrialEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A study's events, folded to one entry per candidate.
 *
 * @param entries by number
 * @param activeMillis active time: the sum of the gaps between events, except gaps longer than the evaluation timeout, in
 *     which the study was paused or nothing ran
 */
public record History(List<HistoryEntry> entries, long activeMillis) {

    /**
     * @param events of one study, in order of sequence; repeated events are skipped
     * @param timeoutMillis the study's evaluation timeout
     */
    public static History of(Collection<TrialEvent> events, long timeoutMillis) {
        Map<Long, HistoryEntry> entries = new TreeMap<>();
        long sequence = -1;
        long before = -1;
        long active = 0;
        for (TrialEvent event : events) {
            if (event.getSequence() <= sequence) {
                continue;
            }
            sequence = event.getSequence();
            long gap = before < 0 ? 0 : event.getAtMillis() - before;
            active += gap > 0 && gap <= timeoutMillis ? gap : 0;
            before = event.getAtMillis();
            apply(entries, event);
        }
        return new History(new ArrayList<>(entries.values()), active);
    }

    private static void apply(Map<Long, HistoryEntry> entries, TrialEvent event) {
        switch (event.getType()) {
            case ASKED -> entries.putIfAbsent(event.getNumber(), asked(event));
            case TOLD, FAILED, EXPIRED ->
                entries.computeIfPresent(event.getNumber(), (n, entry) -> ended(entry, event));
            default -> {
                // Concerns no candidate.
            }
        }
    }

    private static HistoryEntry asked(TrialEvent event) {
        return new HistoryEntry(
                event.getNumber(),
                HistoryEntry.Status.OUTSTANDING,
                List.copyOf(event.getValues()),
                null,
                null,
                event.getAtMillis(),
                null,
                0,
                null,
                null);
    }

    private static HistoryEntry ended(HistoryEntry entry, TrialEvent event) {
        HistoryEntry.Status status = HistoryEntry.Status.valueOf(event.getType().name());
        return new HistoryEntry(
                entry.number(),
                status,
                entry.values(),
                event.getLoss(),
                event.getStandardError(),
                entry.askedAtMillis(),
                event.getAtMillis(),
                event.getDurationMicros(),
                event.getBy(),
                status == HistoryEntry.Status.TOLD ? null : FailureText.of(event));
    }

    public long count(HistoryEntry.Status status) {
        return entries.stream().filter(entry -> entry.status() == status).count();
    }
}
