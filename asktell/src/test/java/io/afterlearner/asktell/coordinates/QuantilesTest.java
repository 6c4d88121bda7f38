package io.afterlearner.asktell.coordinates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void normalQuantilesAreCorrect() {
        assertEquals(0, Quantiles.normal(0.5), 4.5e-4);
        assertEquals(-1.2815515655, Quantiles.normal(0.1), 4.5e-4);
        assertEquals(3.0902323062, Quantiles.normal(0.999), 4.5e-4);
        assertEquals(-6.3613409024, Quantiles.normal(1e-10), 4.5e-4);
    }
}
