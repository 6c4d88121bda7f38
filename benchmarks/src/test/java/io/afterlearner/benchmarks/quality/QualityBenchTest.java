package io.afterlearner.benchmarks.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QualityBenchTest {
    private static final Reference REFERENCE = Reference.load();

    @Test
    void theReferenceHasTheCellsThatTheTargetsSpeakOf() {
        List<Cell> cells = REFERENCE.cells();
        assertEquals(120, cells.size());
        assertEquals(12, cells.stream().filter(Cell::noisy).count());
        assertEquals(24, cells.stream().filter(Cell::discrete).count());
        assertEquals(24, cells.stream().filter(cell -> cell.workers() == 8).count());
        assertEquals(
                72,
                cells.stream()
                        .filter(cell -> REFERENCE.median(cell, "NGOpt").isPresent())
                        .count());
    }

    @Test
    void figuresDoNotDependOnThreads() throws InterruptedException {
        List<Cell> cells = REFERENCE.cells().stream()
                .filter(cell -> cell.dimension() == 6 && cell.budget() == 50)
                .toList();
        List<QualityRow> heard = new ArrayList<>();
        List<QualityRow> rows = new QualityBench(REFERENCE, 3, 1).run("OnePlusOne", cells, heard::add);
        assertEquals(rows, heard);
        assertEquals(rows, new QualityBench(REFERENCE, 3, 2).run("OnePlusOne", cells, row -> {}));
    }

    @Test
    void aRunIsJudgedByItsNoiseFreeRecommendation() {
        Cell one = new Cell("noise(level=1.0)", 6, 1, 1);
        assertEquals(
                Problems.of("sphere", 6, 2).regret().applyAsDouble(new double[6]), QualityRun.regret("auto", one, 2));
    }

    @Test
    void aSummaryCountsTiesAndKeepsGroupsApart() {
        List<QualityRow> rows = List.of(
                row("sphere", 1, 1.2, OptionalDouble.of(1), 0.5),
                row("cigar", 1, 0, OptionalDouble.of(1e-9), 1e-12),
                row("sphere", 8, 2, OptionalDouble.empty(), 1),
                row("onemax(arity=2)", 1, 4, OptionalDouble.empty(), 4));
        Map<String, Object> summary = QualitySummary.of("auto", 11, rows);
        assertEquals(
                Map.of("cells", 2, "betterOrTied", 2L, "noWorse", 1L, "share", 1.0, "geometricMeanRatio", 1.095),
                summary.get("noiseFreeAgainstNgopt"));
        assertEquals(
                Map.of("cells", 1, "betterOrTied", 0L, "noWorse", 0L, "share", 0.0, "geometricMeanRatio", 2.0),
                summary.get("severalWorkersAgainstBest"));
        assertTrue(summary.containsKey("discreteAgainstBest"));
        assertTrue(!summary.containsKey("noisyAgainstBest"), summary::toString);
    }

    private static QualityRow row(String problem, int workers, double median, OptionalDouble ngopt, double best) {
        return new QualityRow("auto", new Cell(problem, 6, workers, 100), median, ngopt, best, "CMA");
    }
}
