package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final Range RANGE = new Range(1_000_000, 1_000_010);

    private static Moments sums(double... values) {
        return DoubleStream.of(values).mapToObj(v -> Moments.of(v, RANGE)).reduce(Moments.NONE, Moments::plus);
    }

    @Test
    void momentsHaveTheMeanVarianceAndStandardErrorOfTheValues() {
        Moments sums = sums(1_000_001, 1_000_002, 1_000_006);

        assertEquals(1_000_003, RANGE.value(sums.mean()), 1e-6);
        assertEquals(7, sums.variance() * 100, 1e-9);
        assertEquals(Math.sqrt(7.0 / 3), sums.standardError() * 10, 1e-9);
    }

    @Test
    void aCorrectionReplacesAValue() {
        Moments corrected =
                sums(1_000_001, 1_000_002).minus(Moments.of(1_000_002, RANGE)).plus(Moments.of(1_000_008, RANGE));

        Moments expected = sums(1_000_001, 1_000_008);
        assertEquals(2, corrected.count());
        assertEquals(expected.mean(), corrected.mean(), 1e-12);
        assertEquals(expected.variance(), corrected.variance(), 1e-12);
    }

    @Test
    void theOrderOfMergingDoesNotMatter() {
        Moments left = sums(1_000_001, 1_000_002).plus(sums(1_000_004));
        Moments right = sums(1_000_004).plus(sums(1_000_002, 1_000_001));
        assertEquals(left.mean(), right.mean(), 1e-12);
        assertEquals(left.variance(), right.variance(), 1e-12);
    }

    @Test
    void valuesOutsideTheRangeAreClampedAndCounted() {
        Moments sums = sums(0, 2_000_000, 1_000_005);
        assertEquals(1_000_005, RANGE.value(sums.mean()), 1e-6);
        assertEquals(2, sums.clipped());
    }

    @Test
    void withoutValuesMeanAndStandardErrorAreNaN() {
        assertTrue(Double.isNaN(Moments.NONE.mean()));
        assertTrue(Double.isNaN(sums(1_000_001).standardError()));
    }

    @Test
    void anEmptyOrNonFiniteRangeIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> new Range(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Range(0, Double.NaN));
    }
}
