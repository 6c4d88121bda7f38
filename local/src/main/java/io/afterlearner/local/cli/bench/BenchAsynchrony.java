package io.afterlearner.local.cli.bench;

import io.afterlearner.benchmarks.quality.Asynchrony;
import io.afterlearner.benchmarks.quality.Cell;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code bench quality --asynchrony}: a row a problem, and one for their geometric mean. */
final class BenchAsynchrony {
    private final Console console;
    private final int seeds;
    private final int threads;
    private final boolean json;

    BenchAsynchrony(Console console, int seeds, int threads, boolean json) {
        this.console = console;
        this.seeds = seeds;
        this.threads = threads;
        this.json = json;
    }

    void run(List<String> optimizers, List<Cell> cells) throws InterruptedException {
        if (!json) {
            console.out()
                    .println("optimizer                     problem               dim  budget"
                            + columns("  %10s", Asynchrony.OUTSTANDING)
                            + columns("  %9s", List.of("cost of 8", "of 64")));
        }
        for (String optimizer : optimizers) {
            measure(optimizer, cells);
        }
    }

    private void measure(String optimizer, List<Cell> cells) throws InterruptedException {
        List<Asynchrony.Row> rows = new ArrayList<>();
        BenchProgress progress = new BenchProgress(console, optimizer, cells.size());
        try {
            for (Cell cell : cells) {
                Asynchrony.Row row = Asynchrony.row(optimizer, cell, seeds, threads);
                rows.add(row);
                progress.step(() -> print(row));
            }
            progress.end();
            printMean(optimizer, Asynchrony.Row.meanCosts(rows));
        } catch (IllegalArgumentException e) {
            progress.end();
            console.note(optimizer + " does not take these problems: " + e.getMessage());
        }
    }

    private void print(Asynchrony.Row row) {
        Cell cell = row.cell();
        String name = String.format(
                Locale.ROOT,
                "%-28s  %-20s  %3d  %6d",
                row.optimizer(),
                cell.problem(),
                cell.dimension(),
                cell.budget());
        write(row.line(), name + columns("  %10.3g", row.medians()) + costs(row.costs()));
    }

    private void printMean(String optimizer, List<Double> costs) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "asynchrony");
        line.put("summary", optimizer);
        line.put("seeds", seeds);
        line.put("outstanding", Asynchrony.OUTSTANDING);
        line.put("meanCosts", costs);
        write(line, String.format("%-28s  %-69s", optimizer, "geometric mean") + costs(costs));
    }

    private void write(Map<String, Object> line, String text) {
        console.out().println(json ? Json.line(line) : text);
        console.out().flush();
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
