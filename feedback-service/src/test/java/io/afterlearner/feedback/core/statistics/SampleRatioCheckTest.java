package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleRatioCheckTest {
    private static final long SEED = 5;

    /** Number of units until the alarm if the first arm loses a share of its exposures; 0 if never. */
    private static int alarm(double[] shares, double lost, int units, double alpha, SplittableRandom random) {
        SampleRatioCheck ratio = new SampleRatioCheck(alpha);
        long[] counts = new long[shares.length];
        for (int unit = 1; unit <= units; unit++) {
            int arm = arm(shares, random.nextDouble());
            counts[arm] += arm == 0 && random.nextDouble() < lost ? 0 : 1;
            if (unit % 10 == 0 && ratio.isMismatch(counts, shares)) {
                return unit;
            }
        }
        return 0;
    }

    private static int arm(double[] shares, double draw) {
        int arm = 0;
        double rest = draw;
        while (arm < shares.length - 1 && rest >= shares[arm]) {
            rest -= shares[arm++];
        }
        return arm;
    }

    @Test
    void falseAlarmsAreRarerThanAlpha() {
        int alarms = 0;
        for (int stream = 0; stream < 2_000; stream++) {
            double[] shares = stream % 2 == 0 ? new double[] {0.1, 0.9} : new double[] {0.5, 0.25, 0.25};
            alarms += alarm(shares, 0, 5_000, 0.05, new SplittableRandom(SEED + stream)) > 0 ? 1 : 0;
        }
        System.out.printf("sample ratio seed %d: %d false alarms of 2000%n", SEED, alarms);
        assertTrue(alarms <= 0.05 * 2_000, alarms + " false alarms");
    }

    @Test
    void aLossOfFivePercentIsDetectedWithin60000Units() {
        for (int stream = 0; stream < 20; stream++) {
            int after = alarm(new double[] {0.5, 0.5}, 0.05, 60_000, 0.001, new SplittableRandom(SEED + stream));
            assertTrue(after > 0, "seed " + (SEED + stream) + ": never");
        }
    }

    @Test
    void aLossOfAThirdIsDetectedWithin3000Units() {
        for (int stream = 0; stream < 20; stream++) {
            int after = alarm(new double[] {0.5, 0.5}, 1 / 3.0, 3_000, 0.001, new SplittableRandom(SEED + stream));
            assertTrue(after > 0, "seed " + (SEED + stream) + ": never");
        }
    }

    @Test
    void theLogarithmOfGammaIsAccurate() {
        assertEquals(0, LogGamma.of(1), 1e-12);
        assertEquals(Math.log(120), LogGamma.of(6), 1e-12);
        assertEquals(Math.log(Math.PI) / 2, LogGamma.of(0.5), 1e-12);
        assertEquals(857.933669825857, LogGamma.of(200), 1e-9);
    }
}
