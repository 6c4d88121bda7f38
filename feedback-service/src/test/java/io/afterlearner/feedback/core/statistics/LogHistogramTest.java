package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogHistogramTest {
    private static final Range RANGE = new Range(0, 1e6);

    private static LogHistogram oneTo(int last) {
        LogHistogram bins = LogHistogram.NONE;
        for (int value = 1; value <= last; value++) {
            bins = bins.plus(LogHistogram.of(value, RANGE));
        }
        return bins;
    }

    @Test
    void aQuantileIsAccurateToHalfAPercent() {
        LogHistogram bins = oneTo(10_000);
        for (double share : new double[] {0.5, 0.95, 0.99}) {
            assertEquals(1, bins.quantile(share) / (share * 10_000), 0.0051);
        }
    }

    @Test
    void subtractingUndoesAdding() {
        LogHistogram some = oneTo(50);
        LogHistogram more = LogHistogram.of(7, RANGE).plus(LogHistogram.of(70_000, RANGE));
        assertEquals(some, some.plus(more).minus(more));
    }

    @Test
    void growingKeepsATailOfBinsWithOneValueEach() {
        LogHistogram bins = LogHistogram.NONE;
        for (int i = 0; i < 200; i++) {
            bins = bins.plus(LogHistogram.of(1_000 * StrictMath.pow(LogHistogram.GROWTH, i), RANGE));
        }
        for (double times : new double[] {0.3, 0.5, 0.6, 1.5}) {
            LogHistogram grown = bins.grown(times);
            assertEquals(200 * times, (double) grown.count(), 1, "values of " + times);
            assertEquals(1, grown.quantile(0.95) / bins.quantile(0.95), 0.03, "times " + times);
            assertEquals(grown, grown.plus(bins).minus(bins), "a bin without values is none");
        }
    }

    @Test
    void valuesCountedSinglyAreKeptUntilTheyAreClamped() {
        LogHistogram values = LogHistogram.NONE;
        for (double value : new double[] {-3, -0.5, 0, 0.25, 7, 1_000, 1_000}) {
            values = values.plus(LogHistogram.singly(value));
        }
        values = values.minus(LogHistogram.singly(7)).plus(LogHistogram.singly(8));
        Range range = new Range(-1, 10);
        Moments expected = Moments.NONE;
        for (double value : new double[] {-3, -0.5, 0, 0.25, 8, 1_000, 1_000}) {
            expected = expected.plus(Moments.of(value, range));
        }
        assertEquals(expected.count(), values.moments(range).count());
        assertEquals(expected.sum(), values.moments(range).sum(), 1e-12);
        assertEquals(expected.squares(), values.moments(range).squares(), 1e-12);
        assertEquals(-3, values.exactQuantile(0.1));
        assertEquals(0.25, values.exactQuantile(0.5));
        assertEquals(1_000, values.exactQuantile(0.9));
        assertTrue(Double.isNaN(LogHistogram.NONE.exactQuantile(0.5)));
    }

    @Test
    void theNumberOfBinsIsBounded() {
        LogHistogram bins = LogHistogram.of(0, RANGE).plus(LogHistogram.of(-5, RANGE));
        for (double value = 1e-30; value < 1e30; value *= 1.05) {
            bins = bins.plus(LogHistogram.of(value, RANGE));
        }
        assertTrue(bins.cumulativeCounts().size() <= LogHistogram.MAX_BINS, bins.toString());
    }

    @Test
    void theStandardErrorFollowsFromTheRank() {
        // Of 10,000 evenly spread values the median's rank has a standard deviation of 50.
        assertEquals(50, oneTo(10_000).standardError(0.5), 5 + 0.01 * 5_000);
        assertTrue(Double.isNaN(LogHistogram.of(1, RANGE).standardError(0.5)));
    }
}
