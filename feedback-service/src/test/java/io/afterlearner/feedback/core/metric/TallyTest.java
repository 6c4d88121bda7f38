package io.afterlearner.feedback.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Pairs;
import io.afterlearner.feedback.core.statistics.Range;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Range RANGE = new Range(0, 8);

    private static Tally tally(double value, double second) {
        return new Tally(Moments.of(value, RANGE), LogHistogram.of(value, RANGE), Pairs.of(value / 8, second));
    }

    @Test
    void allPartsOfATallyAreAddedSubtractedAndGrown() {
        Tally both = tally(2, 0.5).plus(tally(6, 0.25));
        assertEquals(tally(2, 0.5).pairs().plus(tally(6, 0.25).pairs()), both.pairs());
        assertEquals(tally(2, 0.5), both.minus(tally(6, 0.25)));
        assertEquals(both.plus(both), both.grown(2));
        assertEquals(Tally.NONE, both.minus(both));
    }
}
