package io.afterlearner.feedback.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final long SEED = 3;
    private static final long BLOCK = 500;
    private static final Range RANGE = new Range(0, 1);

    /** How many blocks of a level were said to have moved. */
    private static int alarms(SplittableRandom random, long size, int blocks, double before, double after) {
        Drift drift = Drift.NONE;
        int alarms = 0;
        for (long i = 0; i < blocks * size; i++) {
            double level = i < blocks * size / 2 ? before : after;
            drift = drift.plus(Sums.of(random.nextDouble() < level ? 1 : 0, RANGE), size);
            alarms += drift.moved() == null ? 0 : 1;
        }
        return alarms;
    }

    @Test
    void aLevelThatStaysIsSaidToMoveLessThanOnceInAThousandBlocks() {
        int alarms = 0;
        for (int stream = 0; stream < 300; stream++) {
            alarms += alarms(new SplittableRandom(SEED + stream), BLOCK, 20, 0.1, 0.1);
        }
        System.out.printf("drift seed %d: %d false of 6000 blocks%n", SEED, alarms);
        assertTrue(alarms <= 6, alarms + " false of 6000 blocks");
    }

    @Test
    void aLevelThatMoreThanDoublesIsSeenInEachBlockButAFew() {
        int alarms = 0;
        for (int stream = 0; stream < 50; stream++) {
            alarms += alarms(new SplittableRandom(SEED + stream), BLOCK, 20, 0.1, 0.25);
        }
        assertTrue(alarms >= 450, alarms + " seen of 500 blocks");
    }

    @Test
    void aShiftTooSmallToMatterIsNone() {
        assertEquals(0, alarms(new SplittableRandom(SEED), 10_000, 20, 0.5, 0.55));
    }
}
