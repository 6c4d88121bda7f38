package io.afterlearner.local.cli.bench;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.benchmarks.quality.Asynchrony;
import io.afterlearner.benchmarks.quality.Cell;
import io.afterlearner.benchmarks.quality.QualityBench;
import io.afterlearner.benchmarks.quality.QualityFigures;
import io.afterlearner.benchmarks.quality.QualityRow;
import io.afterlearner.benchmarks.quality.Reference;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.study.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench quality}: how near to the optimum a budget brings. */
@Command(
        name = "quality",
        description = "Median regret of what is recommended after the budget, cell by cell, against measured medians of"
                + " Nevergrad's: NGOpt's and the best of all measured in that cell. Ratios below 1 are in our favour, up"
                + " to 1.25 is a tie, medians are clipped below at 1e-9. What each set of cells comes to follows, as a table and as"
                + " JSON, with how many of our medians are at that clip, and the mean ratio of those who need no more"
                + " than a thousandth of the shipped values' regret.",
        footer = {"", "Example:", "  ./afterlearner bench quality --optimizer auto,CMA --problem sphere --dim 6"})
final class BenchQualityCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            split = ",",
            description = "Optimizers by name (default: auto; all of them with --asynchrony).")
    private List<String> optimizers = new ArrayList<>();

    @Option(
            names = "--problem",
            paramLabel = "NAME",
            split = ",",
            description = "Only these problems, like sphere, noise or jump(arity=5).")
    private List<String> problems = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "NAME",
            defaultValue = "reference",
            description =
                    "Measured problems: reference, which the targets are for, heldout, which nothing was tuned on, or"
                            + " all (default: ${DEFAULT-VALUE}).")
    private String table = "reference";

    @Option(names = "--dim", paramLabel = "N", split = ",", description = "Only these dimensions.")
    private List<Integer> dimensions = new ArrayList<>();

    @Option(names = "--budget", paramLabel = "N", split = ",", description = "Only these budgets.")
    private List<Integer> budgets = new ArrayList<>();

    @Option(
            names = "--workers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8",
            description = "Candidates asked before the first of them is told (default: ${DEFAULT-VALUE}).")
    private List<Integer> workers = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "11",
            description = "Instances a cell; the first 11 are the reference's (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--threads", paramLabel = "N", description = "Runs at once (default: one a core).")
    private @Nullable Integer threads;

    @Option(
            names = "--asynchrony",
            description = "Instead, what 8 and 64 outstanding, told in random order, cost each optimizer against 1: the"
                    + " same budget, medians of regret, and their ratios.")
    private boolean asynchrony;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    BenchQualityCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.within("--seeds", seeds, 1, 1_000);
        int atOnce = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        BenchOptions.within("--threads", atOnce, 1, 1_024);
        BenchOptions.requireKnown(optimizers);
        if (asynchrony) {
            new BenchAsynchrony(console, seeds, atOnce, json)
                    .run(optimizers.isEmpty() ? Optimizers.names() : optimizers, wanted(Asynchrony.cells()));
            return ExitCode.DONE;
        }
        Reference reference = reference();
        List<Cell> cells = wanted(reference.cells());
        QualityBench bench = new QualityBench(reference, seeds, atOnce);
        for (String optimizer : optimizers.isEmpty() ? List.of(Optimizers.AUTO) : optimizers) {
            measure(bench, optimizer, cells);
        }
        return ExitCode.DONE;
    }

    private Reference reference() {
        try {
            return Reference.load(table);
        } catch (IllegalArgumentException e) {
            throw new InputException("afterlearner: --set: " + e.getMessage());
        }
    }

    private List<Cell> wanted(List<Cell> all) {
        List<Cell> cells = all.stream().filter(this::wanted).toList();
        if (cells.isEmpty()) {
            throw new InputException("afterlearner: no cell is like that; problems are "
                    + all.stream().map(Cell::problem).distinct().collect(Collectors.joining(", "))
                    + ", dimensions " + distinct(all, Cell::dimension) + ", budgets " + distinct(all, Cell::budget)
                    + ", workers " + distinct(all, Cell::workers));
        }
        return cells;
    }

    private static List<Integer> distinct(List<Cell> cells, Function<Cell, Integer> figure) {
        return cells.stream().map(figure).distinct().sorted().toList();
    }

    private void measure(QualityBench bench, String optimizer, List<Cell> cells) throws InterruptedException {
        if (!json) {
            console.out().println(BenchQualityTable.HEADER);
        }
        BenchProgress progress = new BenchProgress(console, optimizer, cells.size());
        List<QualityRow> rows = bench.run(optimizer, cells, row -> progress.step(() -> print(row)));
        progress.end();
        print(QualityFigures.of(optimizer, seeds, rows));
    }

    private void print(List<QualityFigures> figures) {
        if (!json) {
            BenchQualityTable.lines(figures).forEach(console.out()::println);
        }
        for (QualityFigures set : figures) {
            Map<String, Object> line = set.line();
            line.put("problems", table);
            console.out().println(Json.line(line));
        }
        console.out().flush();
    }

    private boolean wanted(Cell cell) {
        return (problems.isEmpty() || problems.stream().anyMatch(cell::isOf))
                && (dimensions.isEmpty() || dimensions.contains(cell.dimension()))
                && (budgets.isEmpty() || budgets.contains(cell.budget()))
                && (asynchrony || workers.contains(cell.workers()));
    }

    private void print(QualityRow row) {
        console.out().println(json ? Json.line(row.line()) : BenchQualityTable.line(row));
        console.out().flush();
    }
}
