package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BinomialTest {

    @Test
    void theUpperTailIsThatOfTables() {
        assertEquals(1, Binomial.upperTail(0, 0, 0.3));
        assertEquals(1, Binomial.upperTail(0, 7, 0.3), 1e-12);
        assertEquals(0.125, Binomial.upperTail(1, 1, 0.125), 1e-12);
        assertEquals(11 / 64.0, Binomial.upperTail(7, 10, 0.5), 1e-12);
        assertEquals(0.5, Binomial.upperTail(5_001, 10_001, 0.5), 1e-9);
    }
}
