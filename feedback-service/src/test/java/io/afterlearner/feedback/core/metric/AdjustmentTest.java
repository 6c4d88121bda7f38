package io.afterlearner.feedback.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Pairs;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdjustmentTest {
    private static final Metric RAW = new Metric("spent", Metric.Aggregate.MEAN, true, new Range(0, 10));

    private final SplittableRandom random = new SplittableRandom(1);

    /** A value of a unit whose past explains the share rho squared of its variance. */
    private Tally value(double shift) {
        double unit = 3 + 2 * random.nextDouble();
        double y = unit + random.nextDouble() + shift;
        double x = unit + random.nextDouble() / 4;
        return RAW.tally(y).paired(x / 10);
    }

    private Tally values(int count, double shift) {
        Tally all = Tally.NONE;
        for (int i = 0; i < count; i++) {
            all = all.plus(value(shift));
        }
        return all;
    }

    @Test
    void momentsAreThoseOfTheAdjustedValues() {
        Adjustment by = new Adjustment(0.7, 0.4);
        Tally tally = RAW.tally(5).paired(0.6).plus(RAW.tally(2).paired(0.1)).plus(RAW.tally(9));
        double[] z = {0.5 - 0.7 * (0.6 - 0.4), 0.2 - 0.7 * (0.1 - 0.4), 0.9};
        Moments adjusted = RAW.adjusted(by).sums(tally);
        assertEquals(3, adjusted.count());
        assertEquals(z[0] + z[1] + z[2], adjusted.sum(), 1e-12);
        assertEquals(z[0] * z[0] + z[1] * z[1] + z[2] * z[2], adjusted.squares(), 1e-12);
    }

    @Test
    void theVarianceIsSmallerByWhatThePastExplains() {
        Tally tally = values(20_000, 0);
        Pairs pairs = tally.pairs();
        Adjustment by = Adjustment.fitted(pairs);
        double mean = pairs.sum() / pairs.count();
        double varianceOfPast = pairs.squares() / pairs.count() - mean * mean;
        double covariance = pairs.products() / pairs.count() - mean * pairs.own() / pairs.count();
        double explained =
                covariance * covariance / varianceOfPast / RAW.sums(tally).variance();
        double left = RAW.adjusted(by).sums(tally).variance() / RAW.sums(tally).variance();
        assertEquals(1 - explained, left, 1e-3);
        assertTrue(left < 0.3, "left " + left);
        assertTrue(by.slope() > 0.8 && by.slope() <= 1, by.toString());
    }

    @Test
    void aDifferenceIsTheSameForAnySlope() {
        Tally better = values(20_000, 0.5);
        Tally control = values(20_000, 0);
        for (double slope : new double[] {0, 0.5, 1}) {
            Comparison comparison = new Comparison(RAW.adjusted(new Adjustment(slope, 0.4)), 0.05);
            assertEquals(-0.5, comparison.loss(better, control), 0.03, "slope " + slope);
        }
    }

    @Test
    void aSmallDifferenceIsShownThatIsNotShownWithout() {
        Tally better = values(300, 0.2);
        Tally control = values(300, 0);
        assertFalse(new Comparison(RAW, 0.05).isBetter(better, control));
        assertTrue(new Comparison(RAW.adjusted(new Adjustment(0.97, 0.4)), 0.001).standardError(better, control)
                < 0.6 * new Comparison(RAW, 0.05).standardError(better, control));
    }

    @Test
    void aPastThatExplainsNothingAdjustsNothing() {
        assertEquals(Adjustment.NONE, Adjustment.fitted(Pairs.NONE));
        assertEquals(Adjustment.NONE, Adjustment.fitted(Pairs.of(0.2, 0.3).plus(Pairs.of(0.4, 0.3))));
        assertEquals(Adjustment.NONE, Adjustment.fitted(Pairs.of(0.2, 0.4).plus(Pairs.of(0.4, 0.2))));
    }
}
