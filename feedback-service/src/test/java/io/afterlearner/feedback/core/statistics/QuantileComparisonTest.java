package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileComparisonTest {
    private static final long SEED = 11;
    private static final Range RANGE = new Range(0, 10_000);
    /** Values between two looks. */
    private static final int LOOK = 20;

    /** Log-normal latencies; those of one arm are multiplied. */
    private static final class Arms {
        private final Random random;
        private final double times;
        private LogHistogram one = LogHistogram.NONE;
        private LogHistogram other = LogHistogram.NONE;

        Arms(long seed, double times) {
            random = new Random(seed);
            this.times = times;
        }

        /** Some more values; adding them to a few others first is quicker. */
        void next(int values) {
            LogHistogram ofOne = LogHistogram.NONE;
            LogHistogram ofOther = LogHistogram.NONE;
            for (int i = 0; i < values; i++) {
                ofOne = ofOne.plus(LogHistogram.of(times * latency(), RANGE));
                ofOther = ofOther.plus(LogHistogram.of(latency(), RANGE));
            }
            one = one.plus(ofOne);
            other = other.plus(ofOther);
        }

        private double latency() {
            return 100 * Math.exp(0.3 * random.nextGaussian());
        }
    }

    private interface Statement {
        boolean isMade(LogHistogram one, LogHistogram other);
    }

    /** Number of values after which the statement is made; 0 if never. */
    private static int madeAfter(Statement statement, double times, int values, long seed) {
        Arms arms = new Arms(seed, times);
        for (int n = LOOK; n <= values; n += LOOK) {
            arms.next(LOOK);
            if (statement.isMade(arms.one, arms.other)) {
                return n;
            }
        }
        return 0;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.95, 0.99})
    void atTheLimitBothErrorsTogetherAreRarerThanAlpha(double share) {
        QuantileComparison exceedance = new QuantileComparison(share, 0.05);
        int wrong = 0;
        for (int stream = 0; stream < 100; stream++) {
            wrong += madeAfter((a, b) -> exceedance.isAbove(a, b, 1.05), 1.05, 1_000, SEED + stream) > 0 ? 1 : 0;
            wrong += madeAfter((a, b) -> exceedance.isBelow(a, b, 1.05), 1.05, 1_000, SEED + stream) > 0 ? 1 : 0;
        }
        System.out.printf("p%.0f seed %d: %d wrong of 200%n", 100 * share, SEED, wrong);
        assertTrue(wrong <= 10, wrong + " wrong of 200");
    }

    @Test
    void aQuantileFarAboveTheLimitIsDetectedWithin400Values() {
        QuantileComparison p95 = new QuantileComparison(0.95, 0.05);
        for (int stream = 0; stream < 20; stream++) {
            int after = madeAfter((a, b) -> p95.isAbove(a, b, 1.2), 1.8, 2_000, SEED + stream);
            assertTrue(after > 0 && after <= 400, "seed " + (SEED + stream) + ": after " + after);
        }
    }

    @Test
    void anArmEqualToControlIsShownToKeepTheLimit() {
        QuantileComparison p95 = new QuantileComparison(0.95, 0.05);
        for (int stream = 0; stream < 20; stream++) {
            int after = madeAfter((a, b) -> p95.isBelow(a, b, 1.2), 1, 3_000, SEED + stream);
            assertTrue(after > 0, "seed " + (SEED + stream) + ": never");
        }
    }

    @Test
    void equalDistributionsAreNeitherAboveNorBelowEachOther() {
        LogHistogram same = LogHistogram.NONE;
        for (int i = 0; i < 2_000; i++) {
            same = same.plus(LogHistogram.of(100, RANGE));
        }
        QuantileComparison median = new QuantileComparison(0.5, 0.05);
        assertFalse(median.isAbove(same, same, 1));
        assertFalse(median.isBelow(same, same, 1));
        assertTrue(median.isBelow(same, same, 1.05));
        assertTrue(median.isAbove(same, same, 0.95));
    }

    @Test
    void withoutValuesNothingIsSignificant() {
        assertFalse(new QuantileComparison(0.5, 0.05).isAbove(LogHistogram.NONE, LogHistogram.of(1, RANGE), 1));
        assertFalse(new QuantileComparison(0.5, 0.05).isBelow(LogHistogram.of(1, RANGE), LogHistogram.NONE, 1));
    }
}
