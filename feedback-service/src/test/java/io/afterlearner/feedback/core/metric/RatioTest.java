package io.afterlearner.feedback.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.metric.Metric.Per;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioTest {
    private static final Per SESSIONS = new Per("sessions", 10);
    private static final Metric REVENUE = Metric.ratio("revenue", SESSIONS, true, new Range(0, 20));

    /** Each unit's revenue and sessions. */
    private static Tally tally(double[]... units) {
        return Arrays.stream(units)
                .map(unit -> REVENUE.tally(unit[0], SESSIONS, unit[1]))
                .reduce(Tally.NONE, Tally::plus);
    }

    private static double[] unit(double revenue, double sessions) {
        return new double[] {revenue, sessions};
    }

    /** By hand: r = 20 / 10; s - r d is -1, 3, -2, with squares of 14; d² add up to 38, so there are 100 / 38 units of equal weight. */
    @Test
    void theVarianceIsThatOfTheDeltaMethodOverUnits() {
        Tally tally = tally(unit(3, 2), unit(9, 3), unit(8, 5), unit(0, 0)).plus(tally(unit(0, 0)));
        assertEquals(2, REVENUE.level(tally), 1e-12);
        Moments sums = REVENUE.sums(tally);
        assertEquals(2, sums.count());
        double variance = 14.0 / 38 / (20 * 20);
        // Unbiased: divided by one less than the number of units.
        assertEquals(variance / (2 - 1), sums.standardError() * sums.standardError(), 1e-12);
    }

    /** Where each unit has one session, a ratio is a mean. */
    @Test
    void aRatioOfUnitsOfEqualWeightIsTheirMean() {
        Metric mean = new Metric("revenue", Metric.Aggregate.MEAN, true, new Range(0, 20));
        Tally ratio = Tally.NONE;
        Tally values = Tally.NONE;
        for (int i = 0; i < 1_000; i++) {
            ratio = ratio.plus(REVENUE.tally(7.0 * (i % 9), SESSIONS, 7));
            values = values.plus(mean.tally(i % 9));
        }
        assertEquals(1_000, REVENUE.values(ratio));
        assertEquals(mean.level(values), REVENUE.level(ratio), 1e-12);
        assertEquals(mean.standardError(values), REVENUE.standardError(ratio), 1e-12);
        assertEquals(
                new Comparison(mean, 0.05).standardError(values, values),
                new Comparison(REVENUE, 0.05).standardError(ratio, ratio),
                1e-12);
    }

    /** The bootstrap draws units, as the study does. */
    @Test
    void theStandardErrorIsThatOfABootstrapOverUnits() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] units = new double[400][];
        for (int i = 0; i < units.length; i++) {
            double sessions = Math.floor(10 * Math.pow(random.nextDouble(), 3));
            units[i] = unit(sessions * 20 * random.nextDouble() * random.nextDouble(), sessions);
        }
        double[] drawn = new double[4_000];
        for (int b = 0; b < drawn.length; b++) {
            double revenue = 0;
            double sessions = 0;
            for (int i = 0; i < units.length; i++) {
                double[] unit = units[random.nextInt(units.length)];
                revenue += unit[0];
                sessions += unit[1];
            }
            drawn[b] = revenue / sessions;
        }
        double mean = Arrays.stream(drawn).average().orElseThrow();
        double variance =
                Arrays.stream(drawn).map(r -> (r - mean) * (r - mean)).average().orElseThrow();
        double error = REVENUE.standardError(tally(units));
        System.out.println("delta " + error + ", bootstrap " + Math.sqrt(variance));
        assertEquals(1, error / Math.sqrt(variance), 0.05);
    }

    @Test
    void aUnitCountsAtMostTheMaximumOfTheDenominatorAtItsOwnRatio() {
        Tally honest = tally(unit(40, 10));
        Tally bot = tally(unit(4_000_000, 1_000_000));
        assertEquals(honest.sums().sum(), bot.sums().sum(), 1e-12);
        assertEquals(honest.pairs(), bot.pairs());
        assertEquals(1, bot.sums().clipped());
        assertEquals(20, REVENUE.level(tally(unit(1e9, 1))), 1e-12);
    }

    @Test
    void unitsWithoutDenominatorCountNothing() {
        assertEquals(2, REVENUE.level(tally(unit(4, 2), unit(0, 0), unit(9, 0), unit(9, -1))), 1e-12);
        assertTrue(Double.isNaN(REVENUE.level(tally(unit(0, 0)))));
        assertEquals(0, REVENUE.values(tally(unit(0, 0))));
    }

    /** A hundred units of which two have a session are two observations, however many exposures there were. */
    @Test
    void fewUnitsWithADenominatorShowNothing() {
        Tally good = tally(unit(200, 10), unit(200, 10), unit(200, 10));
        Tally bad = tally(unit(0, 10), unit(0, 10), unit(0, 10));
        for (int i = 0; i < 10_000; i++) {
            good = good.plus(tally(unit(0, 0)));
            bad = bad.plus(tally(unit(0, 0)));
        }
        assertFalse(new Comparison(REVENUE, 0.05).isBetter(good, bad));
        assertEquals(3, REVENUE.values(good));
    }

    @Test
    void aCorrectionReplacesWhatAUnitContributes() {
        Tally corrected = tally(unit(4, 2), unit(3, 1)).plus(tally(unit(8, 3)).minus(tally(unit(3, 1))));
        assertEquals(12.0 / 5, REVENUE.level(corrected), 1e-12);
    }

    @Test
    void lowEndsOtherThanZeroAreOfTheRatio() {
        Metric margin = Metric.ratio("margin", SESSIONS, true, new Range(-5, 5));
        Tally tally = margin.tally(-6, SESSIONS, 2).plus(margin.tally(8, SESSIONS, 6));
        assertEquals(0.25, margin.level(tally), 1e-12);
    }
}
