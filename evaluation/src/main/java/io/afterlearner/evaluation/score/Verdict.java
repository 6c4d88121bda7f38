package io.afterlearner.evaluation.score;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the test split shows about the best candidate that the search found. The gain is the shipped model's loss minus the
 * candidate's. docs/verdict.md has the method and how often it errs.
 *
 * @param low lower end of the gain's 95 % interval; negative infinity if nothing limits it, NaN if there is no interval
 * @param high upper end; positive infinity if nothing limits it, NaN if there is no interval
 * @param smallestGain that this split would show in four of five cases; NaN if unknown
 * @param minimumGain that an improvement must exceed, at least 0
 * @param examples of the test split that count
 * @param failure why the test split could not be scored; null unless that is the reason
 */
public record Verdict(
        Outcome outcome,
        Reason reason,
        double low,
        double high,
        double smallestGain,
        double minimumGain,
        int examples,
        @Nullable String failure) {

    /** Fewer examples say too little about how unequal gains are; no interval keeps its level for them. */
    public static final int MIN_EXAMPLES = 30;

    private static final int DRAWS = 9_999;
    /** Fewer for losses of very many statistics. */
    private static final int MIN_DRAWS = 199;

    /** Limit of numbers to add up. */
    private static final long MAX_WORK = 400_000_000L;

    public enum Outcome {
        /** Nothing beat the shipped model on the search split. */
        KEPT,
        /** The gain is above the minimum. */
        IMPROVED,
        /** The gain is below 0. */
        WORSE,
        /** Neither is shown. */
        INCONCLUSIVE
    }

    public enum Reason {
        NOTHING_BETTER_FOUND,
        SHOWN,
        NOT_SHOWN,
        NO_TEST_SPLIT,
        NOT_SCORED,
        TOO_FEW_EXAMPLES,
        WITHIN_ROUNDING,
        SPREAD_UNKNOWN
    }

    /** The search found nothing better than the shipped model. */
    public static Verdict kept(double minimumGain) {
        return without(Outcome.KEPT, Reason.NOTHING_BETTER_FOUND, minimumGain, 0);
    }

    /** The study has no test split. */
    public static Verdict untested(double minimumGain) {
        return without(Outcome.INCONCLUSIVE, Reason.NO_TEST_SPLIT, minimumGain, 0);
    }

    /** The test split could not be scored. */
    public static Verdict notScored(double minimumGain, String failure) {
        return new Verdict(
                Outcome.INCONCLUSIVE,
                Reason.NOT_SCORED,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Math.max(0, minimumGain),
                0,
                failure);
    }

    /**
     * The verdict of two scores of the same examples.
     *
     * @param seed of the resampling; the same seed gives the same verdict
     * @throws IllegalArgumentException if the scores are not of the same examples and loss
     */
    public static Verdict of(Score shipped, Score candidate, double minimumGain, long seed) {
        return of(shipped, candidate, minimumGain, seed, DRAWS);
    }

    static Verdict of(Score shipped, Score candidate, double minimumGain, long seed, int draws) {
        PairedBlocks pairs = PairedBlocks.of(shipped, candidate);
        if (pairs.examples() < MIN_EXAMPLES) {
            return without(Outcome.INCONCLUSIVE, Reason.TOO_FEW_EXAMPLES, minimumGain, pairs.examples());
        }
        double[] gains = pairs.gains();
        if (!Arrays.stream(gains).allMatch(Double::isFinite)) {
            return without(Outcome.INCONCLUSIVE, Reason.SPREAD_UNKNOWN, minimumGain, pairs.examples());
        }
        long numbers = (long) gains.length * shipped.scorer().statistics();
        GainInterval interval = GainInterval.of(gains, draws, seed)
                .unless(pairs.swapped((int) Math.max(MIN_DRAWS, Math.min(draws, MAX_WORK / numbers)), seed));
        double freedom = gains.length - 1.0;
        double detectable =
                Quantiles.student(Quantiles.TWO_SIDED_95, freedom) + Quantiles.student(Quantiles.POWER_80, freedom);
        return weighed(interval, detectable, pairs.tolerance(), minimumGain, pairs.examples());
    }

    private static Verdict weighed(
            GainInterval interval, double detectable, double tolerance, double minimumGain, int examples) {
        double wanted = Math.max(0, minimumGain);
        double smallest = Math.max(wanted + detectable * interval.standardError(), tolerance);
        Outcome outcome = interval.low() > Math.max(wanted, tolerance)
                ? Outcome.IMPROVED
                : interval.high() < -tolerance ? Outcome.WORSE : Outcome.INCONCLUSIVE;
        boolean rounding = interval.low() >= -tolerance && interval.high() <= tolerance;
        Reason reason =
                outcome != Outcome.INCONCLUSIVE ? Reason.SHOWN : rounding ? Reason.WITHIN_ROUNDING : Reason.NOT_SHOWN;
        return new Verdict(outcome, reason, interval.low(), interval.high(), smallest, wanted, examples, null);
    }

    private static Verdict without(Outcome outcome, Reason reason, double minimumGain, int examples) {
        return new Verdict(
                outcome, reason, Double.NaN, Double.NaN, Double.NaN, Math.max(0, minimumGain), examples, null);
    }

    /** Whether the candidate should be shipped instead of the shipped model. */
    public boolean isImproved() {
        return outcome == Outcome.IMPROVED;
    }
}
