package io.afterlearner.local.report;

import io.afterlearner.schemas.ArmsChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an online study did, and what the simulator knows of it. Rewards are clicks a page.
 *
 * @param told candidates measured
 * @param failed candidates that were not
 * @param stopped why, of those that a guardrail stopped
 * @param explored exposures of candidates
 * @param exploredShare of all visits
 * @param statedShare the study's
 * @param lostEstimated reward that units in trials had less than as many of control, as told; below 0 they had more
 * @param lostTrue of all explored units, duels included, as the simulator knows it
 * @param revert how long it took; null where nobody was served anything but ℵ₀
 * @param unsafe candidates promoted whose latency truly breaks the guardrail
 * @param driftSeconds when the taste drifted; null if it did not
 * @param after the drift; null if there was none
 */
public record OnlineResult(
        String study,
        long seed,
        double seconds,
        long told,
        long failed,
        List<String> stopped,
        long explored,
        double exploredShare,
        double statedShare,
        double lostEstimated,
        double lostTrue,
        @Nullable Revert revert,
        long unsafe,
        Phase before,
        @Nullable Double driftSeconds,
        @Nullable Phase after,
        List<ArmsChange> audit,
        List<Sample> samples) {

    public OnlineResult {
        stopped = List.copyOf(stopped);
        audit = List.copyOf(audit);
        samples = List.copyOf(samples);
    }

    /**
     * How things stood at the end of a phase. All but the lift is what the simulator knows.
     *
     * @param champion its number; 0 is ℵ₀
     * @param lift how much better than control it measured since it is champion; null where unknown
     * @param liftError standard error of the lift
     * @param shippedReward ℵ₀'s
     * @param beganReward of who was champion when the phase began
     * @param championReward of who is champion
     * @param bestReward of the best ℵ that keeps the guardrail, found by direct search on the truth
     * @param latencyRatio p95 of the champion's latency to ℵ₀'s
     */
    public record Phase(
            long champion,
            @Nullable Double lift,
            @Nullable Double liftError,
            double shippedReward,
            double beganReward,
            double championReward,
            double bestReward,
            double latencyRatio) {

        /** Share of what the best would gain over ℵ₀. */
        public double gain() {
            return (championReward - shippedReward) / (bestReward - shippedReward);
        }
    }

    /**
     * Until the production server serves ℵ₀.
     *
     * @param orderMillis from the order, which first reads what is served and connects
     * @param recordMillis from when the broker said that it has the one record; 0 where the server was sooner
     */
    public record Revert(double orderMillis, double recordMillis) {}

    /**
     * Mean true reward of what each arm showed within a second or two; NaN of nothing.
     *
     * @param seconds since the users came
     */
    public record Sample(double seconds, double control, double champion, double explored) {}
}
