package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {
    private static final long SEED = 3;
    private static final long BLOCK = 500;
    private static final long APART_MILLIS = 150;
    private static final long DAY_MILLIS = 86_400_000;
    private static final Range RANGE = new Range(0, 1);
    private static final Sample SILENCE = sample(0);
    private static final Sample EVENT = sample(1);
    private static final Sample CORRECTION = new Sample(EVENT.sums().minus(SILENCE.sums()), Pairs.NONE);

    private static Sample sample(double value) {
        return new Sample(Moments.of(value, RANGE), Pairs.NONE);
    }

    private static Sample value(SplittableRandom random, double level) {
        return random.nextDouble() < level ? EVENT : SILENCE;
    }

    /** Number of blocks that were reported as shifted; the last block is not tested yet. */
    private static int alarms(SplittableRandom random, long size, int blocks, double before, double after) {
        DriftDetector drift = DriftDetector.since(0);
        int alarms = 0;
        for (long i = 0; i < (blocks + 2) * size; i++) {
            drift = drift.plus(
                    value(random, i < blocks * size / 2 ? before : after), i * APART_MILLIS, size, DAY_MILLIS);
            alarms += drift.moved() == null ? 0 : 1;
        }
        return alarms;
    }

    @Test
    void falseDriftsAreRarerThanOneInAThousandBlocks() {
        int alarms = 0;
        for (int stream = 0; stream < 300; stream++) {
            alarms += alarms(new SplittableRandom(SEED + stream), BLOCK, 20, 0.1, 0.1);
        }
        System.out.printf("drift seed %d: %d false of 6000 blocks%n", SEED, alarms);
        assertTrue(alarms <= 6, alarms + " false of 6000 blocks");
    }

    @Test
    void aLevelThatMoreThanDoublesIsDetected() {
        int seen = 0;
        for (int stream = 0; stream < 50; stream++) {
            seen += alarms(new SplittableRandom(SEED + stream), BLOCK, 20, 0.1, 0.25) > 0 ? 1 : 0;
        }
        System.out.printf("drift seed %d: seen in %d of 50 streams%n", SEED, seen);
        assertTrue(seen >= 49, seen + " of 50 seen");
    }

    /** Day and night for ten days; in the last three, half a standard deviation more. */
    private static double[] seasonal(SplittableRandom random, double start, double after) {
        DriftDetector drift = DriftDetector.since(0);
        int hourly = 400;
        int alarms = 0;
        for (int hour = 0; hour < 24 * 10; hour++) {
            double level =
                    0.3 + 0.15 * StrictMath.sin(2 * Math.PI * (hour / 24.0 + start)) + (hour < 24 * 7 ? 0 : after);
            for (int i = 0; i < hourly; i++) {
                long at = hour * 3_600_000L + i * 3_600_000L / hourly;
                drift = drift.plus(value(random, level), at, BLOCK, DAY_MILLIS);
                if (drift.moved() != null && after > 0) {
                    return new double[] {hour < 24 * 7 ? 1 : 0, hour - 24 * 7};
                }
                alarms += drift.moved() == null ? 0 : 1;
            }
        }
        return new double[] {alarms, Double.POSITIVE_INFINITY};
    }

    @Test
    void dayAndNightAreNoDriftAndADriftIsSeenThroughThemWithinHours() {
        int alarms = 0;
        double[] delays = new double[48];
        for (int stream = 0; stream < 48; stream++) {
            alarms += (int) seasonal(new SplittableRandom(SEED + stream), stream / 48.0, 0)[0];
            double[] seen = seasonal(new SplittableRandom(SEED + stream), stream / 48.0, 0.23);
            alarms += (int) seen[0];
            delays[stream] = seen[1];
        }
        Arrays.sort(delays);
        System.out.printf(
                "seasonal seed %d: %d false in 48 x 10 days, median delay %.0f hours, longest %.0f%n",
                SEED, alarms, delays[24], delays[47]);
        assertTrue(alarms <= 1, alarms + " false alarms");
        assertTrue(delays[45] <= 8, Arrays.toString(delays));
    }

    @Test
    void aShiftBelowTheMinimumEffectIsNotReported() {
        assertEquals(0, alarms(new SplittableRandom(SEED), 10_000, 20, 0.5, 0.55));
    }

    /** A ripe exposure or a correction. */
    private record Coming(long atMillis, long assignedAtMillis, Sample sums) {}

    /**
     * Units whose outcomes are in time, delayed, or missing. After a cold start all are missing for a block and a
     * half, then delayed for two more; every 10 blocks all outcomes of one second are delayed.
     */
    private static final class Late {
        private static final long WINDOW_MILLIS = 1_500;
        private static final long BLOCK_MILLIS = BLOCK * APART_MILLIS;
        private static final double LEVEL = 0.5;

        private final SplittableRandom random;
        private final PriorityQueue<Coming> coming =
                new PriorityQueue<>((a, b) -> Long.compare(a.atMillis, b.atMillis));

        Late(long seed) {
            random = new SplittableRandom(seed);
        }

        private void assign(long atMillis) {
            boolean silent = atMillis < 1.5 * BLOCK_MILLIS;
            boolean held = atMillis < 3.5 * BLOCK_MILLIS || atMillis % (10 * BLOCK_MILLIS) < 1_000;
            boolean clicked = random.nextDouble() < LEVEL && !silent;
            boolean late = clicked && random.nextDouble() < (held ? 1 : 0.1);
            long ripe = atMillis + WINDOW_MILLIS;
            coming.add(new Coming(ripe, atMillis, clicked && !late ? EVENT : SILENCE));
            if (late) {
                coming.add(new Coming(ripe + random.nextLong(BLOCK_MILLIS), atMillis, CORRECTION));
            }
        }

        int alarms(int blocks) {
            DriftDetector drift = DriftDetector.since(0);
            int alarms = 0;
            for (long i = 0; i < blocks * BLOCK; i++) {
                assign(i * APART_MILLIS);
                while (coming.element().atMillis <= i * APART_MILLIS) {
                    Coming next = coming.remove();
                    drift = drift.plus(next.sums, next.assignedAtMillis, BLOCK, DAY_MILLIS);
                    alarms += drift.moved() == null ? 0 : 1;
                }
            }
            return alarms;
        }
    }

    @Test
    void delayedOutcomesAndAColdStartCauseNoFalseDrifts() {
        int alarms = 0;
        for (int stream = 0; stream < 300; stream++) {
            alarms += new Late(SEED + stream).alarms(20);
        }
        System.out.printf("cold start seed %d: %d false of 6000 blocks%n", SEED, alarms);
        assertTrue(alarms <= 6, alarms + " false of 6000 blocks");
    }

    /** Alarms in blocks of units with so many sessions before and after the middle, and so large a ratio. */
    private static int alarms(double sessions, double sessionsAfter, double ratio, double ratioAfter) {
        SplittableRandom random = new SplittableRandom(SEED);
        DriftDetector drift = DriftDetector.since(0);
        int alarms = 0;
        for (long i = 0; i < 40 * BLOCK; i++) {
            boolean isAfter = i >= 20 * BLOCK;
            double weight = (isAfter ? sessionsAfter : sessions) * (0.5 + random.nextDouble()) / 100;
            double own = weight * (random.nextDouble() < (isAfter ? ratioAfter : ratio) ? 1 : 0);
            Sample unit = new Sample(new Moments(1, own, own * own, 0), Pairs.of(own, weight));
            drift = drift.plus(unit, i * APART_MILLIS, BLOCK, DAY_MILLIS);
            alarms += drift.moved() == null ? 0 : 1;
        }
        return alarms;
    }

    @Test
    void aRatioDriftsIfItChangesAndNotIfItsDenominatorDoes() {
        assertEquals(0, alarms(5, 5, 0.3, 0.3));
        assertEquals(0, alarms(5, 25, 0.3, 0.3), "more sessions");
        assertTrue(alarms(5, 5, 0.3, 0.6) > 0, "a higher ratio");
        assertTrue(alarms(5, 25, 0.3, 0.6) > 0, "both");
    }

    /** Without a denominator a ratio has no level; a block without one must not hide later shifts. */
    @Test
    void blocksWithoutDenominatorAreNoDrift() {
        assertEquals(0, alarms(0, 5, 0.3, 0.3));
        assertEquals(0, alarms(5, 0, 0.3, 0.3));
    }

    /** Blocks from a shift by half a standard deviation until it is detected. */
    private static double delay(SplittableRandom random) {
        DriftDetector drift = DriftDetector.since(0);
        long from = 10 * BLOCK + random.nextLong(BLOCK);
        for (long i = 0; i < 30 * BLOCK; i++) {
            drift = drift.plus(value(random, i < from ? 0.3 : 0.53), i * APART_MILLIS, BLOCK, DAY_MILLIS);
            if (i >= from && drift.moved() != null) {
                return (i - from) / (double) BLOCK;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    @Test
    void aShiftOfHalfAStandardDeviationIsDetectedWithinThreeBlocks() {
        double[] delays = new double[200];
        for (int stream = 0; stream < delays.length; stream++) {
            delays[stream] = delay(new SplittableRandom(SEED + stream));
        }
        Arrays.sort(delays);
        System.out.printf("drift seed %d: median delay %.2f blocks, 95 in 100 %.2f%n", SEED, delays[100], delays[190]);
        assertTrue(delays[190] <= 3, Arrays.toString(delays));
    }

    @Test
    void aHiccupDoesNotFillABlock() {
        DriftDetector drift = DriftDetector.since(0);
        SplittableRandom random = new SplittableRandom(SEED);
        for (long i = 0; i < 20 * BLOCK; i++) {
            drift = drift.plus(value(random, 0.3), i * 10, BLOCK, DAY_MILLIS);
        }
        DriftDetector.Block before = drift.filling();
        for (int i = 0; i < 3 * BLOCK; i++) {
            drift = drift.plus(SILENCE, before.fromMillis(), BLOCK, DAY_MILLIS);
        }
        assertNull(drift.moved());
        assertEquals(before.fromMillis(), drift.filling().fromMillis());
    }

    @Test
    void theFirstMinuteIsWarmUp() {
        DriftDetector drift = DriftDetector.since(0);
        for (long at = 0; at < DriftDetector.WARM_UP_MILLIS; at++) {
            drift = drift.plus(SILENCE, at, BLOCK, DAY_MILLIS);
        }
        assertNull(drift.settling());
        assertTrue(!drift.warm() && drift.known() == 0, drift.toString());
        drift = drift.plus(SILENCE, DriftDetector.WARM_UP_MILLIS, BLOCK, DAY_MILLIS);
        assertTrue(drift.warm());
    }

    @Test
    void correctionsCountForBlocksThatAreNotTestedYet() {
        DriftDetector drift = DriftDetector.since(0);
        for (long i = 0; i < 4 * BLOCK; i++) {
            drift = drift.plus(SILENCE, i * APART_MILLIS, BLOCK, DAY_MILLIS);
        }
        DriftDetector.Block settling = drift.settling();
        assertNotNull(settling);
        Sample late = CORRECTION;

        DriftDetector corrected = drift.plus(late, settling.fromMillis(), BLOCK, DAY_MILLIS)
                .plus(late, settling.untilMillis(), BLOCK, DAY_MILLIS);

        assertNotNull(corrected.settling());
        assertEquals(2, corrected.settling().sums().sums().sum());
        assertEquals(drift.filling(), corrected.filling());
        assertEquals(drift, drift.plus(late, settling.fromMillis() - 1, BLOCK, DAY_MILLIS));
        assertEquals(drift, drift.plus(late, -1, BLOCK, DAY_MILLIS));
    }
}
