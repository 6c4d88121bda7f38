package io.afterlearner.local.cli.bench;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.benchmarks.quality.Asynchrony;
import io.afterlearner.benchmarks.quality.Cell;
import io.afterlearner.benchmarks.quality.QualityBench;
import io.afterlearner.benchmarks.quality.QualityFigures;
import io.afterlearner.benchmarks.quality.QualityRow;
import io.afterlearner.benchmarks.quality.Reference;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.study.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench quality}: how close a budget comes to the optimum. */
@Command(
        name = "quality",
        description = {
            "Measures the regret of the recommendation once the budget is spent, compared with Nevergrad.",
            "Each row is the median over the instances of a cell (problem, dimension, workers, budget), with "
                    + "its ratios to medians measured for Nevergrad: those of NGOpt and of the best optimizer in that "
                    + "cell. A ratio below 1 is better than Nevergrad, one up to 1.25 is a tie. Medians below 1e-9 "
                    + "count as 1e-9.",
            "A summary per set of cells follows, as a table and as JSON. Its column 'at clip' counts our "
                    + "medians at or below 1e-9. Its column 'of a thousandth' is the mean ratio for a user who needs "
                    + "no regret below a thousandth of that of the shipped values."
        },
        footer = {"", "Example:", "  ./afterlearner bench quality --optimizer auto,CMA --problem sphere --dim 6"})
final class BenchQualityCommand implements Callable<Integer> {
    @Mixin
    private final BenchOutput output;

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
            description = "Only these problems, such as sphere, noise or jump(arity=5).")
    private List<String> problems = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "NAME",
            defaultValue = "reference",
            description = "Problems: reference, to which the targets apply; heldout, on which nothing was tuned; or all"
                    + " (default: ${DEFAULT-VALUE}).")
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
            description = "Candidates asked before the first of them is scored (default: ${DEFAULT-VALUE}).")
    private List<Integer> workers = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "11",
            description = "Instances per cell; the first 11 are those of the reference (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--threads", paramLabel = "N", description = "Runs at once (default: one per core).")
    private @Nullable Integer threads;

    @Option(
            names = "--asynchrony",
            description =
                    "Instead, compare 8 and 64 outstanding candidates, scored in random order, with 1 on the same budget:"
                            + " medians of the regret and their ratios.")
    private boolean asynchrony;

    BenchQualityCommand(Console console) {
        output = new BenchOutput(console);
    }

    @Override
    public Integer call() throws InterruptedException {
        Options.requireWithin("--seeds", seeds, 1, 1_000);
        int atOnce = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        Options.requireWithin("--threads", atOnce, 1, 1_024);
        optimizers.forEach(name -> Options.requireKnown("--optimizer", name, Optimizers.names()));
        if (asynchrony) {
            new BenchAsynchrony(output, seeds, atOnce)
                    .run(optimizers.isEmpty() ? Optimizers.names() : optimizers, wanted(Asynchrony.cells()));
            return ExitCode.OK;
        }
        Reference reference = reference();
        List<Cell> cells = wanted(reference.cells());
        QualityBench bench = new QualityBench(reference, seeds, atOnce);
        for (String optimizer : optimizers.isEmpty() ? List.of(Optimizers.AUTO) : optimizers) {
            measure(bench, optimizer, cells);
        }
        return ExitCode.OK;
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
            throw new InputException(
                    "afterlearner: no cell matches --problem, --dim, --budget and --workers; there are problems "
                            + all.stream().map(Cell::problem).distinct().collect(Collectors.joining(", "))
                            + ", dimensions " + distinct(all, Cell::dimension) + ", budgets "
                            + distinct(all, Cell::budget)
                            + ", workers " + distinct(all, Cell::workers));
        }
        return cells;
    }

    private static List<Integer> distinct(List<Cell> cells, Function<Cell, Integer> figure) {
        return cells.stream().map(figure).distinct().sorted().toList();
    }

    private void measure(QualityBench bench, String optimizer, List<Cell> cells) throws InterruptedException {
        output.text(BenchQualityTable.HEADER);
        BenchProgress progress = new BenchProgress(output.console, optimizer, cells.size());
        List<QualityRow> rows =
                bench.run(optimizer, cells, row -> progress.step(() -> BenchQualityTable.print(output, row)));
        progress.clear();
        print(QualityFigures.of(optimizer, seeds, rows));
    }

    private void print(List<QualityFigures> figures) {
        output.text(BenchQualityTable.of(figures));
        for (QualityFigures set : figures) {
            Map<String, Object> line = set.line();
            line.put("problems", table);
            output.console.out().println(Json.line(line));
        }
    }

    private boolean wanted(Cell cell) {
        return (problems.isEmpty() || problems.stream().anyMatch(cell::isOf))
                && (dimensions.isEmpty() || dimensions.contains(cell.dimension()))
                && (budgets.isEmpty() || budgets.contains(cell.budget()))
                && (asynchrony || workers.contains(cell.workers()));
    }
}
