package io.afterlearner.demo.report;

import io.afterlearner.schemas.ArmsChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an online study did, and what the simulator knows of it. Rewards are clicks a page, seconds count from when the users
 * came.
 *
 * @param begunAtMillis when the users came, epoch milliseconds
 * @param seconds until the study was reverted
 * @param told candidates measured
 * @param failed candidates that were not
 * @param limit how many times control's the guarded level may be
 * @param stopped those of them that the guardrail stopped
 * @param explored exposures of candidates
 * @param revert how long it took; null where nobody was served anything but ℵ₀
 * @param unsafe candidates promoted whose latency truly breaks the guardrail
 * @param driftSeconds when the taste drifted; null if it did not
 * @param after the drift; null if there was none
 */
public record OnlineResult(
        String study,
        long seed,
        long begunAtMillis,
        double seconds,
        long told,
        long failed,
        double limit,
        List<Stopped> stopped,
        long explored,
        ExploredShare share,
        Harm harm,
        Streams streams,
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

    /** How things stand at the end, but for the revert. */
    Phase last() {
        return after == null ? before : after;
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
     * What exploring cost. What is true is what the simulator knows.
     *
     * @param worse candidates with a true reward below ℵ₀'s
     * @param lost clicks that their units had truly less than as many of ℵ₀
     * @param gainedTold clicks that all units in trials had more than as many of control, as told; below 0 they had less
     * @param gainedTrue of all explored units, duels included, in truth
     * @param breaking candidates that truly break the guardrail
     * @param breakingExposures of them
     */
    public record Harm(
            long worse, double lost, double gainedTold, double gainedTrue, long breaking, long breakingExposures) {}

    /**
     * What came back.
     *
     * @param clicks accepted over HTTP
     * @param pages records of the shop's own topic that were read as latencies; null where unknown
     */
    public record Streams(long clicks, @Nullable Long pages) {}

    /**
     * Until the production server serves ℵ₀.
     *
     * @param orderMillis from the order, which first reads what is served and connects
     * @param recordMillis from when the one record was handed to Kafka
     */
    public record Revert(double orderMillis, double recordMillis) {}

    /**
     * Mean true reward of what each arm showed within a second or two; NaN of nothing.
     *
     * @param seconds since the users came
     */
    public record Sample(double seconds, double control, double champion, double explored) {}
}
