package io.afterlearner.benchmarks.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AsynchronyTest {
    private static final Cell SPHERE = new Cell("sphere", 6, 1, 100);

    @Test
    void oneOutstandingEqualsOneWorker() throws InterruptedException {
        Asynchrony.Row row = Asynchrony.row("OnePlusOne", SPHERE, 1, 1);
        assertEquals(QualityRun.regret("OnePlusOne", SPHERE, 0), row.medians().get(0));
        assertNotEquals(row.medians().get(0), row.medians().get(1));
    }

    @Test
    void parallelismCostsRandomSearchNothing() throws InterruptedException {
        List<Double> costs = Asynchrony.row("RandomSearch", SPHERE, 2, 2).costs();
        assertEquals(List.of(1.0, 1.0, 1.0), costs);
    }

    @Test
    void costsAreAveragedGeometrically() {
        Asynchrony.Row dear = new Asynchrony.Row("CMA", SPHERE, List.of(1.0, 2.0, 8.0));
        Asynchrony.Row cheap = new Asynchrony.Row("CMA", SPHERE, List.of(1e-12, 2e-9, 5e-10));
        List<Double> mean = Asynchrony.Row.meanCosts(List.of(dear, cheap));
        assertEquals(1, mean.get(0), 1e-12);
        assertEquals(2, mean.get(1), 1e-12);
        assertEquals(Math.sqrt(8), mean.get(2), 1e-12);
    }
}
