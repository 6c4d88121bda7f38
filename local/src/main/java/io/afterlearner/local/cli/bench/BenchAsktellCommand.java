package io.afterlearner.local.cli.bench;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Space;
import io.afterlearner.benchmarks.cost.CostBench;
import io.afterlearner.benchmarks.cost.CostRow;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Options;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench asktell}: what an ask and a tell cost. */
@Command(
        name = "asktell",
        description = {
            "Measures the CPU time and the allocated bytes of one ask and one tell of each optimizer.",
            "Shows how many times less time that is than Nevergrad's optimizer of the same name takes (NGOpt "
                    + "for auto). The row (nothing) is the measuring loop itself. In the smallest dimension, the last "
                    + "columns show whether the cost grows: they compare the first 1,000 trials of a run with its last "
                    + "ones, up to trial 100,000 or as many as fit into ten times --seconds."
        },
        footer = {"", "Example:", "  ./afterlearner bench asktell --optimizer auto,CMA --dim 6,35"})
final class BenchAsktellCommand implements Callable<Integer> {
    private static final String HEADER =
            "algorithm                         d  workers         µs       bytes  Nevergrad µs   times less"
                    + "  first 10³ µs     last µs  at trial  growth";

    @Mixin
    private final BenchOutput output;

    @Option(names = "--optimizer", paramLabel = "NAME", split = ",", description = "Only these optimizers.")
    private List<String> optimizers = new ArrayList<>();

    @Option(
            names = "--dim",
            paramLabel = "N",
            split = ",",
            defaultValue = "6,35,1000",
            description = "Numbers of ℵ-parameters (default: ${DEFAULT-VALUE}).")
    private List<Integer> dimensions = new ArrayList<>();

    @Option(
            names = "--workers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8",
            description = "Candidates asked before the first of them is scored (default: ${DEFAULT-VALUE}).")
    private List<Integer> workers = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "CPU seconds to warm up, and again to measure, per row (default: ${DEFAULT-VALUE}).")
    private double seconds;

    BenchAsktellCommand(Console console) {
        output = new BenchOutput(console);
    }

    @Override
    public Integer call() {
        workers.forEach(count -> Options.requireWithin("--workers", count, 1, 1_000));
        Options.requireWithin("--seconds", seconds, 0.01, 600);
        dimensions.forEach(dimension -> Options.requireWithin("--dim", dimension, 1, Space.MAX_PARAMETERS));
        optimizers.forEach(name -> Options.requireKnown("--optimizer", name, Optimizers.names()));
        output.text(HEADER);
        int smallest = Collections.min(dimensions);
        CostBench bench = new CostBench(seconds);
        for (int dimension : dimensions) {
            print(bench.row(CostBench.NOTHING, dimension, 1, false));
            for (String optimizer : optimizers.isEmpty() ? Optimizers.names() : optimizers) {
                measure(bench, optimizer, dimension, dimension == smallest);
            }
        }
        return ExitCode.OK;
    }

    private void measure(CostBench bench, String optimizer, int dimension, boolean growth) {
        try {
            for (int i = 0; i < workers.size(); i++) {
                print(bench.row(optimizer, dimension, workers.get(i), growth && i == 0));
            }
        } catch (IllegalArgumentException e) {
            output.console.note(optimizer + " does not take dimension " + dimension + ": " + e.getMessage());
        }
    }

    private void print(CostRow row) {
        output.row(
                row.line(),
                "%-28s  %5d  %7d  %9.3f  %10.0f  %s%s",
                row.optimizer(),
                row.dimension(),
                row.workers(),
                row.micros(),
                row.bytes(),
                nevergrad(row),
                growth(row));
    }

    private static String nevergrad(CostRow row) {
        return row.nevergradMicros().isPresent()
                ? String.format(
                        Locale.ROOT, "%12.1f  %11.1f", row.nevergradMicros().getAsDouble(), row.timesCheaper())
                : String.format("%12s  %11s", "-", "-");
    }

    private static String growth(CostRow row) {
        return row.growth()
                .map(grown -> String.format(
                        Locale.ROOT,
                        "  %12.3f  %10.3f  %8d  %6.2f",
                        grown.firstMicros(),
                        grown.lastMicros(),
                        grown.trials(),
                        grown.ratio()))
                .orElse("");
    }
}
