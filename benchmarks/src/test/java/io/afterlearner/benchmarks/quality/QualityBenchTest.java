package io.afterlearner.benchmarks.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QualityBenchTest {
    private static final Reference REFERENCE = Reference.load("reference");

    @Test
    void theReferenceContainsTheCellsOfTheTargets() {
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
    void theHeldOutTableSharesNoProblemWithTheReference() {
        List<Cell> heldOut = Reference.load("heldout").cells();
        Set<String> known = REFERENCE.cells().stream().map(Cell::problem).collect(Collectors.toSet());
        assertEquals(
                List.of(),
                heldOut.stream().filter(cell -> known.contains(cell.problem())).toList());
        assertEquals(heldOut.size() + 120, Reference.load("all").cells().size());
    }

    /** The number of settings in measure.py. */
    @Test
    void everyHeldOutSettingIsMeasured() {
        List<Cell> cells = Reference.load("heldout").cells();
        assertEquals(106, cells.size());
        assertEquals(
                55,
                cells.stream()
                        .map(cell -> cell.problem() + " " + cell.dimension() + " " + cell.workers())
                        .distinct()
                        .count());
    }

    @Test
    void everyHeldOutProblemCanBeRun() {
        for (Cell cell : Reference.load("heldout").cells()) {
            Cell brief = new Cell(cell.problem(), cell.dimension(), cell.workers(), 3);
            assertTrue(QualityRun.regret("auto", brief, 0) >= 0, cell::toString);
        }
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
    void aRunIsScoredByTheNoiseFreeRegretOfItsRecommendation() {
        Cell one = new Cell("noise(level=1.0)", 6, 1, 1);
        assertEquals(
                Problems.of("sphere", 6, 2).regret().applyAsDouble(new double[6]), QualityRun.regret("auto", one, 2));
    }

    private static final List<QualityRow> ROWS = List.of(
            row("sphere", 1, 1.2, OptionalDouble.of(1), 0.5),
            row("cigar", 1, 0, OptionalDouble.of(0.03), 1e-7),
            row("sphere", 8, 2, OptionalDouble.empty(), 1),
            row("onemax(arity=2)", 1, 4, OptionalDouble.empty(), 4));

    private static QualityFigures figures(QualitySet set) {
        return QualityFigures.of("auto", 11, ROWS).stream()
                .filter(figures -> figures.set() == set)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void setsCountTiesAndSeparateGroups() {
        QualityFigures noiseFree = figures(QualitySet.NOISE_FREE);
        assertEquals(2, noiseFree.cells());
        assertEquals(2, noiseFree.betterOrTied());
        assertEquals(1, noiseFree.noWorse());
        assertEquals(Math.sqrt(4e-8), noiseFree.ratio(), 1e-12);
        assertEquals(2, figures(QualitySet.SEVERAL_WORKERS).ratio(), 1e-12);
        assertEquals(1, figures(QualitySet.DISCRETE).cells());
        assertEquals(Math.sqrt(0.024), figures(QualitySet.VIRTUAL_BEST).ratio(), 1e-12);
        assertEquals(4, figures(QualitySet.ALL).cells());
        assertThrows(NoSuchElementException.class, () -> figures(QualitySet.NOISY));
    }

    @Test
    void theEffectOfTheClipIsReported() {
        QualityFigures noiseFree = figures(QualitySet.NOISE_FREE);
        assertEquals(1, noiseFree.clipped());
        assertEquals(Math.sqrt(1.2), noiseFree.thousandthRatio(), 1e-12);
    }

    @Test
    void aSetIsMetOnlyIfBothTargetsAre() {
        assertTrue(figures(QualitySet.NOISE_FREE).met());
        assertTrue(figures(QualitySet.VIRTUAL_BEST).met());
        assertFalse(figures(QualitySet.SEVERAL_WORKERS).met());
        assertTrue(figures(QualitySet.DISCRETE).met());
        List<QualityRow> tied = List.of(row("sphere", 1, 1.2, OptionalDouble.of(1), 1));
        assertFalse(QualityFigures.of("auto", 11, tied).get(0).met(), "all tied, but no mean ratio of 0.3");
    }

    /** Its ℵ₀ has a regret of 100. */
    private static QualityRow row(String problem, int workers, double median, OptionalDouble ngopt, double best) {
        return new QualityRow("auto", new Cell(problem, 6, workers, 100), 100, median, ngopt, best, "CMA");
    }
}
