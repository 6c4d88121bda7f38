package io.afterlearner.demo.report;

import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of the demo: what the study measured and what only the simulator knows. Rewards are clicks per page. Seconds
 * count from the first visit.
 *
 * @param begunAtMillis time of the first visit, epoch milliseconds
 * @param seconds until the revert
 * @param told number of candidates that were measured
 * @param failed number of candidates that were not
 * @param limit maximum ratio of the guarded level to that of control
 * @param stopped candidates that the guardrail stopped
 * @param explored number of exposures to candidates
 * @param revert null if all users were served ℵ₀ already
 * @param unsafe number of promoted candidates whose latency truly violates the guardrail
 * @param driftSeconds null if the taste did not drift
 * @param after null if the taste did not drift
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
    /** Half-width of a normal distribution's central 95% interval, in standard deviations. */
    static final double NORMAL = 1.96;

    public OnlineResult {
        stopped = List.copyOf(stopped);
        audit = List.copyOf(audit);
        samples = List.copyOf(samples);
    }

    /** The state before the revert. */
    Phase last() {
        return after == null ? before : after;
    }

    /**
     * The state at the end of a phase. The lift is measured; everything else is known only to the simulator.
     *
     * @param champion number of the champion; 0 is ℵ₀
     * @param lift measured reward minus that of control, since the champion was promoted; null if unknown
     * @param liftError standard error of the lift; null if unknown
     * @param shippedReward reward of ℵ₀
     * @param beganReward reward of the champion at the beginning of the phase
     * @param championReward reward of the champion
     * @param bestReward reward of the best ℵ within the guardrail, found by direct search on the true rewards
     * @param latencyRatio p95 latency of the champion divided by that of ℵ₀
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

        /** The 95% interval of the lift; empty if unknown. */
        double[] liftInterval() {
            return lift == null || liftError == null
                    ? new double[0]
                    : new double[] {lift - NORMAL * liftError, lift + NORMAL * liftError};
        }

        /** Gain of the champion over ℵ₀ as a share of the gain of the best ℵ. */
        public double gain() {
            return (championReward - shippedReward) / (bestReward - shippedReward);
        }
    }

    /**
     * The cost of exploring.
     *
     * @param worse number of candidates with a true reward below that of ℵ₀
     * @param lost true clicks that these candidates cost, compared with ℵ₀
     * @param gainedTold measured clicks that all trials gained, compared with control; negative if they lost
     * @param gainedTrue true clicks that all explored users gained, duels included
     * @param breaking number of candidates that truly violate the guardrail
     * @param breakingExposures number of exposures to these candidates
     */
    public record Harm(
            long worse, double lost, double gainedTold, double gainedTrue, long breaking, long breakingExposures) {}

    /**
     * The feedback received.
     *
     * @param clicks number accepted over HTTP
     * @param pages number of latencies read from the shop's own topic; null if unknown
     */
    public record Streams(long clicks, @Nullable Long pages) {}

    /**
     * The time until the production server served ℵ₀.
     *
     * @param orderMillis since the command, which first connects and reads what is served
     * @param recordMillis since the record was sent to Kafka
     */
    public record Revert(double orderMillis, double recordMillis) {}

    /** Mean true reward of the recent visits to each arm; NaN if there were few. */
    public record Sample(double seconds, double control, double champion, double explored) {}

    /**
     * A candidate that a guardrail stopped.
     *
     * @param seconds time since the first visit
     * @param guardrail measured level and limit
     * @param trueRatio true level divided by that of ℵ₀
     */
    public record Stopped(long number, double seconds, BrokenGuardrail guardrail, double trueRatio) {

        /** The guardrail that stopped the candidate of this event; empty if none did. */
        public static Optional<BrokenGuardrail> guardrail(TrialEvent event) {
            FailureCause cause = event.getType() == TrialEventType.FAILED ? event.getCause() : null;
            return cause == null ? Optional.empty() : Optional.ofNullable(cause.getGuardrail());
        }

        /** The guarded level, such as {@code P95 of latency}. */
        String level() {
            return guardrail.getAggregate() + " of " + guardrail.getMetric();
        }

        /** Measured level divided by that of control. */
        double ratio() {
            return guardrail.getMeasured() / guardrail.getControl();
        }
    }
}
