package io.afterlearner.feedback.shell.ripening;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Sums up exposures that are counted at one time, by study, arm, client and second of the draw, to keep messages few. */
final class RipeBatch {
    private static final long ROUND_MILLIS = 1_000;

    private record Round(long incarnation, Arm arm, long number, String client, long second, boolean early) {}

    private final Map<String, Map<Round, RipenedExposures>> studies = new LinkedHashMap<>();

    /** Adds an exposure; returns the time of the draw under which it is counted. */
    long add(TrackedExposure exposure, ExposureTotals totals) {
        Round round = new Round(
                exposure.incarnation(),
                exposure.arm(),
                exposure.number(),
                exposure.client(),
                exposure.drawnAtMillis() / ROUND_MILLIS,
                exposure.awaitsEarly());
        RipenedExposures one = RipenedExposures.of(exposure, exposure.drawnAtMillis(), totals);
        return studies.computeIfAbsent(exposure.study(), study -> new LinkedHashMap<>())
                .merge(round, one, RipenedExposures::plus)
                .drawnAtMillis();
    }

    /** Hands each study's sums to the consumer, in pieces of limited size. */
    void forEach(BiConsumer<String, List<RipenedExposures>> consumer) {
        studies.forEach((study, rounds) -> {
            List<RipenedExposures> ripe = List.copyOf(rounds.values());
            for (int from = 0; from < ripe.size(); from += RipenedExposures.MAX_PER_RECORD) {
                int to = Math.min(ripe.size(), from + RipenedExposures.MAX_PER_RECORD);
                consumer.accept(study, ripe.subList(from, to));
            }
        });
    }
}
