package io.afterlearner.local.cli.bench;

import io.afterlearner.benchmarks.quality.Asynchrony;
import io.afterlearner.benchmarks.quality.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code bench quality --asynchrony}: one row per problem, and one for their geometric mean. */
record BenchAsynchrony(BenchOutput output, int seeds, int threads) {

    void run(List<String> optimizers, List<Cell> cells) throws InterruptedException {
        output.text("optimizer                     problem               dim  budget"
                + columns("  %10s", Asynchrony.OUTSTANDING)
                + columns("  %9s", List.of("cost of 8", "of 64")));
        for (String optimizer : optimizers) {
            measure(optimizer, cells);
        }
    }

    private void measure(String optimizer, List<Cell> cells) throws InterruptedException {
        List<Asynchrony.Row> rows = new ArrayList<>();
        BenchProgress progress = new BenchProgress(output.console, optimizer, cells.size());
        try {
            for (Cell cell : cells) {
                Asynchrony.Row row = Asynchrony.row(optimizer, cell, seeds, threads);
                rows.add(row);
                progress.step(() -> print(row));
            }
            progress.clear();
            printMean(optimizer, Asynchrony.Row.meanCosts(rows));
        } catch (IllegalArgumentException e) {
            progress.clear();
            output.console.note(optimizer + " does not take these problems: " + e.getMessage());
        }
    }

    private void print(Asynchrony.Row row) {
        Cell cell = row.cell();
        output.row(
                row.line(),
                "%-28s  %-20s  %3d  %6d%s%s",
                row.optimizer(),
                cell.problem(),
                cell.dimension(),
                cell.budget(),
                columns("  %10.3g", row.medians()),
                costs(row.costs()));
    }

    private void printMean(String optimizer, List<Double> costs) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "asynchrony");
        line.put("summary", optimizer);
        line.put("seeds", seeds);
        line.put("outstanding", Asynchrony.OUTSTANDING);
        line.put("meanCosts", costs);
        output.row(line, "%-28s  %-69s%s", optimizer, "geometric mean", costs(costs));
    }

    /** The first is 1 and needs no column. */
    private static String costs(List<Double> costs) {
        return columns("  %9.3g", costs.subList(1, costs.size()));
    }

    private static String columns(String format, List<?> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, format, value))
                .collect(Collectors.joining());
    }
}
