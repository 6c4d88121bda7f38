package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfidenceSequenceTest {
    private static final long SEED = 20_261_124;
    private static final int STREAMS = Boolean.getBoolean("afterlearner.thorough") ? 2_000 : 500;
    private static final int LOOKS = 5_000;
    private static final double ALPHA = 0.05;
    private static final Range RANGE = new Range(0, 1);

    private enum Values {
        RARE,
        SELDOM,
        HALF,
        OFTEN,
        /** Skewed; one value in twenty is clamped. */
        EXPONENTIAL,
        /** Mostly small, sometimes the maximum. */
        SPIKED;

        Moments next(SplittableRandom random, double shift) {
            return Moments.of(draw(random.nextDouble(), random) + shift, RANGE);
        }

        private double draw(double uniform, SplittableRandom random) {
            return switch (this) {
                case RARE -> uniform < 0.01 ? 1 : 0;
                case SELDOM -> uniform < 0.1 ? 1 : 0;
                case HALF -> uniform < 0.5 ? 1 : 0;
                case OFTEN -> uniform < 0.9 ? 1 : 0;
                case EXPONENTIAL -> -Math.log(1 - uniform) / 3;
                case SPIKED -> uniform < 0.02 ? 1 : random.nextDouble() / 10;
            };
        }
    }

    /**
     * The first look at which two arms differ significantly, or LOOKS + 1. Each look adds at least one value per arm.
     */
    private static int stop(Values values, int pace, int otherPace, double shift, SplittableRandom random) {
        ConfidenceSequence sequence = new ConfidenceSequence(ALPHA);
        Moments a = Moments.NONE;
        Moments b = Moments.NONE;
        for (int look = 1; look <= LOOKS; look++) {
            for (int i = 0; i < pace; i++) {
                a = a.plus(values.next(random, shift));
            }
            for (int i = 0; i < otherPace; i++) {
                b = b.plus(values.next(random, 0));
            }
            if (Math.abs(a.mean() - b.mean()) > sequence.halfWidth(a, b, 1)) {
                return look;
            }
        }
        return LOOKS + 1;
    }

    private static void falseStopsAreFew(Values values, int pace, int otherPace) {
        int falseStops = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
            int stop = stop(values, pace, otherPace, 0, new SplittableRandom(SEED + stream));
            falseStops += stop <= LOOKS ? 1 : 0;
        }
        System.out.printf(
                "%s %d:%d seed %d: %d false stops of %d%n", values, pace, otherPace, SEED, falseStops, STREAMS);
        assertTrue(falseStops <= ALPHA * STREAMS, falseStops + " false stops");
    }

    @ParameterizedTest
    @EnumSource
    void withoutADifferenceErrorsAreRarerThanAlpha(Values values) {
        falseStopsAreFew(values, 1, 1);
    }

    @ParameterizedTest
    @EnumSource
    void threeTimesAsManyControlValuesCauseNoMoreErrors(Values values) {
        falseStopsAreFew(values, 1, 3);
    }

    @ParameterizedTest
    @EnumSource
    void aThirdAsManyControlValuesCauseNoMoreErrors(Values values) {
        falseStopsAreFew(values, 3, 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RARE", "SELDOM"})
    void tenTimesAsManyControlValuesCauseNoMoreErrors(Values values) {
        falseStopsAreFew(values, 1, 10);
    }

    /** The arms take turns of 100 values. */
    @Test
    void armsThatTakeTurnsCauseNoMoreErrors() {
        int falseStops = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
            falseStops += takesTurns(new SplittableRandom(SEED + stream)) ? 1 : 0;
        }
        System.out.printf("turns seed %d: %d false stops of %d%n", SEED, falseStops, STREAMS);
        assertTrue(falseStops <= ALPHA * STREAMS, falseStops + " false stops");
    }

    private static boolean takesTurns(SplittableRandom random) {
        ConfidenceSequence sequence = new ConfidenceSequence(ALPHA);
        Moments[] arms = {Moments.NONE, Moments.NONE};
        for (int look = 0; look < LOOKS; look++) {
            int turn = look / 100 % 2;
            arms[turn] = arms[turn].plus(Values.SELDOM.next(random, 0));
            if (Math.abs(arms[0].mean() - arms[1].mean()) > sequence.halfWidth(arms[0], arms[1], 1)) {
                return true;
            }
        }
        return false;
    }

    /** Number of values per arm within which 9 of 10 streams detect it; values are uniform over a share of the range. */
    private static int found(double spread) {
        int[] stops = new int[200];
        for (int stream = 0; stream < stops.length; stream++) {
            stops[stream] = stopUniform(spread, new SplittableRandom(SEED + stream));
        }
        Arrays.sort(stops);
        System.out.printf("power at %.1f seed %d: median %d, 9 in 10 %d%n", spread, SEED, stops[100], stops[180]);
        return stops[180];
    }

    @Test
    void aDifferenceOfHalfAStandardDeviationIsDetectedWithin400Values() {
        assertTrue(found(0.8) <= 400);
    }

    @Test
    void inATenthOfTheRangeItIsDetectedWithin2000Values() {
        assertTrue(found(0.1) <= 2_000);
    }

    private static int stopUniform(double spread, SplittableRandom random) {
        double shift = 0.5 * spread / Math.sqrt(12);
        ConfidenceSequence sequence = new ConfidenceSequence(ALPHA);
        Moments a = Moments.NONE;
        Moments b = Moments.NONE;
        for (int look = 1; look <= LOOKS; look++) {
            a = a.plus(Moments.of(shift + spread * random.nextDouble(), RANGE));
            b = b.plus(Moments.of(spread * random.nextDouble(), RANGE));
            if (a.mean() - b.mean() > sequence.halfWidth(a, b, 1)) {
                return look;
            }
        }
        return LOOKS + 1;
    }

    @Test
    void withoutValuesTheIntervalIsInfinite() {
        assertEquals(
                Double.POSITIVE_INFINITY,
                new ConfidenceSequence(ALPHA).halfWidth(Moments.of(1, RANGE), Moments.NONE, 1));
    }
}
