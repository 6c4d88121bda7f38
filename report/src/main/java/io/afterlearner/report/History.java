package io.afterlearner.report;

import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.TrialEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A study's events, folded to one trial a candidate.
 *
 * @param trials by number
 * @param activeMillis time the study was at work: from event to event, without the gaps longer than its timeout, in
 *     which it was paused or nothing ran
 */
public record History(List<Trial> trials, long activeMillis) {

    /**
     * @param events of one study, in order of sequence; one seen before is skipped
     * @param timeoutMillis the study's evaluation timeout
     */
    public static History of(Collection<TrialEvent> events, long timeoutMillis) {
        Map<Long, Trial> trials = new TreeMap<>();
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
            apply(trials, event);
        }
        return new History(new ArrayList<>(trials.values()), active);
    }

    private static void apply(Map<Long, Trial> trials, TrialEvent event) {
        switch (event.getType()) {
            case ASKED -> trials.putIfAbsent(event.getNumber(), asked(event));
            case TOLD -> trials.computeIfPresent(event.getNumber(), (n, t) -> ended(t, event, Trial.Status.TOLD));
            case FAILED -> trials.computeIfPresent(event.getNumber(), (n, t) -> ended(t, event, Trial.Status.FAILED));
            case EXPIRED -> trials.computeIfPresent(event.getNumber(), (n, t) -> ended(t, event, Trial.Status.EXPIRED));
            default -> {
                // Of no candidate.
            }
        }
    }

    private static Trial asked(TrialEvent event) {
        return new Trial(
                event.getNumber(),
                Trial.Status.OUTSTANDING,
                List.copyOf(event.getValues()),
                null,
                null,
                event.getAtMillis(),
                null,
                0,
                null,
                null);
    }

    private static Trial ended(Trial trial, TrialEvent event, Trial.Status status) {
        return new Trial(
                trial.number(),
                status,
                trial.values(),
                event.getLoss(),
                event.getStandardError(),
                trial.askedAtMillis(),
                event.getAtMillis(),
                event.getDurationMicros(),
                event.getBy(),
                status == Trial.Status.TOLD ? event.getReason() : FailureText.of(event));
    }

    /** How many trials stand so. */
    public long count(Trial.Status status) {
        return trials.stream().filter(trial -> trial.status() == status).count();
    }
}
