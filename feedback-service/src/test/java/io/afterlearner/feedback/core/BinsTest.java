package io.afterlearner.feedback.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BinsTest {
    private static final Range RANGE = new Range(0, 1e6);

    private static Bins oneTo(int last) {
        Bins bins = Bins.NONE;
        for (int value = 1; value <= last; value++) {
            bins = bins.plus(Bins.of(value, RANGE));
        }
        return bins;
    }

    @Test
    void aQuantileIsKnownToHalfAPercent() {
        Bins bins = oneTo(10_000);
        for (double share : new double[] {0.5, 0.95, 0.99}) {
            assertEquals(1, bins.quantile(share) / (share * 10_000), 0.0051);
        }
    }

    @Test
    void whatIsTakenAwayLeavesNoTrace() {
        Bins some = oneTo(50);
        Bins more = Bins.of(7, RANGE).plus(Bins.of(70_000, RANGE));
        assertEquals(some, some.plus(more).minus(more));
    }

    @Test
    void howeverManyOrdersOfMagnitudeTheirNumberIsBounded() {
        Bins bins = Bins.of(0, RANGE).plus(Bins.of(-5, RANGE));
        for (double value = 1e-30; value < 1e30; value *= 1.05) {
            bins = bins.plus(Bins.of(value, RANGE));
        }
        assertTrue(bins.bins().length <= Bins.MOST, bins.bins().length + " bins");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Bins some = oneTo(50);
        assertEquals(some, Bins.of(some.bins(), some.counts()));
    }

    @Test
    void theStandardErrorIsThatOfTheRank() {
        // Of 10,000 evenly spread values the median's rank has a standard deviation of 50.
        assertEquals(50, oneTo(10_000).standardError(0.5), 5 + 0.01 * 5_000);
        assertTrue(Double.isNaN(Bins.of(1, RANGE).standardError(0.5)));
    }
}
