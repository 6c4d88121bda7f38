package io.afterlearner.local.cli.bench;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Space;
import io.afterlearner.benchmarks.cost.CostBench;
import io.afterlearner.benchmarks.cost.CostRow;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench asktell}: what an ask and a tell cost. */
@Command(
        name = "asktell",
        description =
                "Microseconds of CPU, and bytes, of an ask and a tell of each optimizer, and how many times less than"
                        + " Nevergrad's of the same name (NGOpt for auto); (nothing) is the loop itself. In the smallest dimension also whether it grows:"
                        + " the first 1,000 trials of a run against those up to the 100,000th, or as far as ten times --seconds"
                        + " reach.",
        footer = {"", "Example:", "  ./afterlearner bench asktell --optimizer auto,CMA --dim 6,35"})
final class BenchAsktellCommand implements Callable<Integer> {
    private static final String HEADER =
            "algorithm                         d  workers         µs       bytes  Nevergrad µs   times less"
                    + "  first 10³ µs     last µs  at trial  growth";

    private final Console console;

    @Option(names = "--optimizer", paramLabel = "NAME", split = ",", description = "Only these optimizers.")
    private List<String> optimizers = new ArrayList<>();

    @Option(
            names = "--dim",
            paramLabel = "N",
            split = ",",
            defaultValue = "6,35,1000",
            description = "ℵ-parameters (default: ${DEFAULT-VALUE}).")
    private List<Integer> dimensions = new ArrayList<>();

    @Option(
            names = "--workers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8",
            description = "Candidates asked before the first of them is told (default: ${DEFAULT-VALUE}).")
    private List<Integer> workers = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seconds of CPU to warm up, and again to measure, each row (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    BenchAsktellCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        workers.forEach(count -> BenchOptions.within("--workers", count, 1, 1_000));
        BenchOptions.within("--seconds", seconds, 0.01, 600);
        dimensions.forEach(dimension -> BenchOptions.within("--dim", dimension, 1, Space.MOST_PARAMETERS));
        BenchOptions.requireKnown(optimizers);
        if (!json) {
            console.out().println(HEADER);
        }
        int smallest =
                dimensions.stream().mapToInt(dimension -> dimension).min().orElseThrow();
        CostBench bench = new CostBench(seconds);
        for (int dimension : dimensions) {
            print(bench.row(CostBench.NOTHING, dimension, 1, false));
            for (String optimizer : optimizers.isEmpty() ? Optimizers.names() : optimizers) {
                measure(bench, optimizer, dimension, dimension == smallest);
            }
        }
        return ExitCode.DONE;
    }

    private void measure(CostBench bench, String optimizer, int dimension, boolean growth) {
        try {
            for (int i = 0; i < workers.size(); i++) {
                print(bench.row(optimizer, dimension, workers.get(i), growth && i == 0));
            }
        } catch (IllegalArgumentException e) {
            console.note(optimizer + " does not take dimension " + dimension + ": " + e.getMessage());
        }
    }

    private void print(CostRow row) {
        console.out().println(json ? Json.line(row.line()) : line(row));
        console.out().flush();
    }

    private static String line(CostRow row) {
        String theirs = row.nevergradMicros().isPresent()
                ? String.format(
                        Locale.ROOT, "%12.1f  %11.1f", row.nevergradMicros().getAsDouble(), row.timesCheaper())
                : String.format("%12s  %11s", "-", "-");
        String growth = row.growth()
                .map(grown -> String.format(
                        Locale.ROOT,
                        "  %12.3f  %10.3f  %8d  %6.2f",
                        grown.firstMicros(),
                        grown.lastMicros(),
                        grown.trials(),
                        grown.ratio()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%-28s  %5d  %7d  %9.3f  %10.0f  %s%s",
                row.optimizer(),
                row.dimension(),
                row.workers(),
                row.micros(),
                row.bytes(),
                theirs,
                growth);
    }
}
