package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Four slots of 0.05 and control of 0.1. */
class PoolRatioTest {
    private static final long SEED = 7;
    private static final int SLOTS = 4;
    private static final double SHARE = 0.2 / 0.3;

    /**
     * Exposures until the alarm when candidates, or control, lose some of theirs; 0 if there is none. Between one and four slots are taken,
     * and each of their candidates has the exposures of control that fall into its time.
     */
    private static int alarm(SplittableRandom random, double lost, double controlLost, double alpha, int most) {
        PoolRatio ratio = PoolRatio.NONE;
        for (int i = 1; i <= most; i++) {
            int taken = 1 + i / 100 % SLOTS;
            boolean isExplored = random.nextDouble() < taken / (taken + 2.0);
            if (random.nextDouble() >= (isExplored ? lost : controlLost)) {
                ratio = isExplored ? ratio.plus(1, 0) : ratio.plus(0, taken / (double) SLOTS);
            }
            if (i % 10 == 0 && ratio.isMismatch(SHARE, alpha)) {
                return i;
            }
        }
        return 0;
    }

    private static int alarms(double lost, int streams) {
        int alarms = 0;
        for (int stream = 0; stream < streams; stream++) {
            alarms += alarm(new SplittableRandom(SEED + stream), lost, 0, 0.05, 20_000) > 0 ? 1 : 0;
        }
        System.out.printf("pool ratio seed %d, %.2f lost: %d alarms of %d%n", SEED, lost, alarms, streams);
        return alarms;
    }

    @Test
    void falseAlarmsAreRarerThanAlpha() {
        assertTrue(alarms(0, 1_000) <= 0.05 * 1_000, "nothing is lost");
        assertTrue(alarms(1 - PoolRatio.TOLERATED, 1_000) <= 0.05 * 1_000, "the largest loss that is tolerated");
    }

    @Test
    void aLossOfAFifthOfEitherSideIsSeenWithin15000Exposures() {
        long sum = 0;
        for (int stream = 0; stream < 100; stream++) {
            int after = alarm(new SplittableRandom(SEED + stream), 0.2, 0, 0.001, 15_000);
            int ofControl = alarm(new SplittableRandom(SEED + stream), 0, 0.2, 0.001, 15_000);
            assertTrue(after > 0 && ofControl > 0, "seed " + (SEED + stream));
            sum += after;
        }
        System.out.printf("pool ratio seed %d, a fifth lost: seen after %d exposures on average%n", SEED, sum / 100);
    }

    @Test
    void whatIsToleratedIsNoMismatchHoweverMuchThereIs() {
        assertFalse(new PoolRatio(1_920_000, 1_000_000).isMismatch(SHARE, 0.001));
        assertFalse(new PoolRatio(2_080_000, 1_000_000).isMismatch(SHARE, 0.001));
        assertTrue(new PoolRatio(1_600_000, 1_000_000).isMismatch(SHARE, 0.001));
        assertTrue(new PoolRatio(2_500_000, 1_000_000).isMismatch(SHARE, 0.001));
    }
}
