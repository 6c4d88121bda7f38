package io.afterlearner.feedback.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.statistics.Range;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GuardrailTest {
    private static final long SEED = 17;
    private static final Range RANGE = new Range(0, 1);
    private static final Metric ERRORS = new Metric("errors", Metric.Aggregate.MEAN, false, RANGE);
    private static final Metric SALES = new Metric("sales", Metric.Aggregate.MEAN, true, RANGE);

    private static Tally rate(Metric metric, double rate, int count, SplittableRandom random) {
        Tally tally = Tally.NONE;
        for (int i = 0; i < count; i++) {
            tally = tally.plus(metric.tally(random.nextDouble() < rate ? 1 : 0));
        }
        return tally;
    }

    @Test
    void theLimitOfAMinimisedMetricIsAMaximum() {
        SplittableRandom random = new SplittableRandom(SEED);
        Guardrail guardrail = new Guardrail(ERRORS, 1.5);
        Tally control = rate(ERRORS, 0.2, 2_000, random);
        Tally like = rate(ERRORS, 0.2, 2_000, random);
        Tally twice = rate(ERRORS, 0.5, 2_000, random);

        assertTrue(guardrail.isKept(like, control, 0.05));
        assertFalse(guardrail.isBroken(like, control, 0.05));
        assertTrue(guardrail.isBroken(twice, control, 0.05));
        assertFalse(guardrail.isKept(twice, control, 0.05));
        assertFalse(guardrail.measuresWithin(twice, control));
    }

    @Test
    void theLimitOfAMaximisedMetricIsAMinimum() {
        SplittableRandom random = new SplittableRandom(SEED);
        Guardrail guardrail = new Guardrail(SALES, 0.7);
        Tally control = rate(SALES, 0.5, 2_000, random);
        Tally like = rate(SALES, 0.5, 2_000, random);
        Tally half = rate(SALES, 0.2, 2_000, random);

        assertTrue(guardrail.isKept(like, control, 0.05));
        assertTrue(guardrail.measuresWithin(like, control));
        assertTrue(guardrail.isBroken(half, control, 0.05));
        assertFalse(guardrail.isKept(half, control, 0.05));
    }

    /** The ratio compares levels, not distances from the low end of the range. */
    @Test
    void theLowEndOfTheRangeDoesNotMatter() {
        Metric shifted = new Metric("load", Metric.Aggregate.MEAN, false, new Range(-1, 1));
        Tally control = rate(shifted, 0.2, 2_000, new SplittableRandom(SEED));
        Tally most = rate(shifted, 0.45, 2_000, new SplittableRandom(SEED + 1));
        assertTrue(new Guardrail(shifted, 1.5).isBroken(most, control, 0.05));
        assertFalse(new Guardrail(shifted, 3).isBroken(most, control, 0.05));
        assertEquals(0.2, shifted.level(control), 0.03);
    }

    @Test
    void atTheLimitBothErrorsTogetherAreRarerThanAlpha() {
        int wrong = 0;
        for (int stream = 0; stream < 1_000; stream++) {
            wrong += isSaid(new SplittableRandom(SEED + stream)) ? 1 : 0;
        }
        System.out.printf("rate at its limit, seed %d: %d wrong of 1000%n", SEED, wrong);
        assertTrue(wrong <= 50, wrong + " of 1000");
    }

    private static boolean isSaid(SplittableRandom random) {
        Guardrail guardrail = new Guardrail(ERRORS, 2);
        Tally arm = Tally.NONE;
        Tally control = Tally.NONE;
        for (int i = 0; i < 2_000; i++) {
            arm = arm.plus(ERRORS.tally(random.nextDouble() < 0.1 ? 1 : 0));
            control = control.plus(ERRORS.tally(random.nextDouble() < 0.05 ? 1 : 0));
            if (guardrail.isBroken(arm, control, 0.05) || guardrail.isKept(arm, control, 0.05)) {
                return true;
            }
        }
        return false;
    }
}
