package io.afterlearner.feedback.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PairsTest {
    private static final Pairs THREE =
            Pairs.of(0.5, 0.25).plus(Pairs.of(1, 0.75)).plus(Pairs.of(0, 1));

    @Test
    void pairsHaveTheSumsSquaresAndProducts() {
        assertEquals(new Pairs(3, 1.5, 2, 0.0625 + 0.5625 + 1, 0.125 + 0.75), THREE);
    }

    @Test
    void aCorrectionReplacesAPair() {
        assertEquals(
                Pairs.of(0.5, 0.25).plus(Pairs.of(0, 1)).plus(Pairs.of(0.25, 0.5)),
                THREE.minus(Pairs.of(1, 0.75)).plus(Pairs.of(0.25, 0.5)));
        assertEquals(Pairs.NONE, THREE.minus(THREE));
    }

    @Test
    void grownPairsAreThoseOfSoManyTimesAsMany() {
        assertEquals(THREE.plus(THREE), THREE.grown(2));
        assertEquals(Pairs.NONE, Pairs.NONE.grown(7));
    }
}
