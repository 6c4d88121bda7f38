package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportRateCheckTest {
    private static final long SEED = 11;
    private static final double ALPHA = 0.05;

    /** @return exposures until an alarm; -1 if there is none */
    private static long alarm(SplittableRandom random, double rate, double otherRate, double share, int most) {
        ReportRateCheck check = new ReportRateCheck(ALPHA);
        long[] n = new long[2];
        long[] values = new long[2];
        for (int i = 1; i <= most; i++) {
            int arm = random.nextDouble() < share ? 0 : 1;
            n[arm]++;
            values[arm] += random.nextDouble() < (arm == 0 ? rate : otherRate) ? 1 : 0;
            if (i % 5 == 0 && check.isDifferent(n[0], values[0], n[1], values[1])) {
                return i;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.7, 0.99, 1})
    void equalRatesHardlyEverRaiseAnAlarm(double rate) {
        SplittableRandom random = new SplittableRandom(SEED);
        int alarms = 0;
        for (int i = 0; i < 400; i++) {
            alarms += alarm(random, rate, rate, 0.3, 3_000) >= 0 ? 1 : 0;
        }
        assertTrue(alarms <= ALPHA * 400, "seed " + SEED + ": " + alarms + " of 400 at rate " + rate);
    }

    @Test
    void oneReportOfFiveLostInOneArmIsSeen() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100; i++) {
            assertTrue(alarm(random, 0.8, 1, 0.3, 600) > 0, "all report");
            assertTrue(alarm(random, 0.4, 0.5, 0.3, 10_000) > 0, "half report");
        }
    }

    @Test
    void withoutExposuresOfBothNothingIsKnown() {
        assertFalse(new ReportRateCheck(ALPHA).isDifferent(1_000, 0, 0, 0));
    }
}
