package io.afterlearner.benchmarks.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CostBenchTest {
    private static final CostBench BENCH = new CostBench(0.02);

    @Test
    void comparesWithTheOptimizerOfTheSameName() {
        Overhead overhead = new Overhead();
        assertEquals(OptionalDouble.of(617.4), overhead.micros("CMA", 35, 1));
        assertEquals(OptionalDouble.of(2676.7), overhead.micros("auto", 1_000, 8));
        assertTrue(overhead.micros("CMA", 7, 1).isEmpty());
    }

    @Test
    void aRowContainsTimeMemoryAndTheFactor() {
        CostRow row = BENCH.row("RandomSearch", 1_000, 8, false);
        assertEquals(312.8 / row.micros(), row.timesCheaper());
        assertTrue(row.bytes() >= 8_000, "at least a point of 1,000 doubles: " + row.bytes());
        assertTrue(row.bytes() < 100_000, "too much for one trial: " + row.bytes());
        assertFalse(row.line().containsKey("growth"));
    }

    @Test
    void aLongRunStopsAtItsTimeLimit() {
        CostRow row = BENCH.row("RandomSearch", 1, 1, true);
        CostRow.Growth growth = row.growth().orElseThrow();
        assertTrue(growth.trials() >= 1 && growth.trials() <= CostBench.LONG_RUN, row::toString);
        assertEquals(growth.lastMicros() / growth.firstMicros(), growth.ratio());
        assertTrue(row.line().containsKey("growth"));
        assertFalse(row.line().containsKey("nevergradMicros"));
    }
}
