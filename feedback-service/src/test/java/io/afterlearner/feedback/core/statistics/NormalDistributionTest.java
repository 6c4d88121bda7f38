package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NormalDistributionTest {

    @Test
    void theUpperTailIsAccurateToSevenDigits() {
        assertEquals(0.5, NormalDistribution.upperTail(0), 1e-7);
        assertEquals(0.15865525, NormalDistribution.upperTail(1), 1e-7);
        assertEquals(0.97724987, NormalDistribution.upperTail(-2), 1e-7);
        assertEquals(0.00134990, NormalDistribution.upperTail(3), 1e-7);
    }
}
