package io.afterlearner.local.cli.bench;

import io.afterlearner.benchmarks.online.ClientFigures;
import io.afterlearner.benchmarks.online.LoadFigures;
import io.afterlearner.benchmarks.online.OnlineBench;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.Stack;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.local.stack.TokenSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench online}: what it costs an application to ask what a unit gets. */
@Command(
        name = "online",
        description = "How fast units are assigned while feedback flows at the same rate: a broker, an optimizer and a"
                + " feedback service of its own, requests due at set times whether earlier ones were answered or not, and"
                + " times that count from when each was due. Beside it, a request that does nothing, and the client"
                + " without HTTP.",
        footer = {"", "Example:", "  ./afterlearner bench online --rate 2000 --json"})
final class BenchOnlineCommand implements Callable<Integer> {
    private static final String ROW = "%-11s  %7s  %5s  %6s  %9s  %8s  %8s  %8s  %10s  %5s  %6s  %6s%n";

    private final Console console;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Assignments due a second, and events of feedback (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "15",
            description = "Of each measurement (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--dimension",
            paramLabel = "N",
            defaultValue = "10",
            description = "ℵ-parameters (default: ${DEFAULT-VALUE}).")
    private int dimension;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    BenchOnlineCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchOptions.within("--rate", rate, 1, 50_000);
        BenchOptions.within("--seconds", seconds, 0.1, 600);
        BenchOptions.within("--dimension", dimension, 1, 10_000);
        Path root = Repository.root();
        try (Stack stack =
                Stack.startTemporary("afterlearner-bench", StackSettings.online(root, KafkaSettings.of(Map.of())))) {
            measure(stack.home(), stack);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("the online study broke: " + e.getMessage(), e);
        }
        return ExitCode.DONE;
    }

    private void measure(Home home, Stack stack)
            throws ExecutionException, TimeoutException, IOException, InterruptedException {
        URI feedback = URI.create(Objects.requireNonNull(stack.state().feedback()));
        OnlineBench bench =
                new OnlineBench(Map.of("bootstrap.servers", stack.state().kafka()), feedback, seconds);
        if (!json) {
            console.out()
                    .printf(
                            ROW,
                            "what",
                            "studies",
                            "ℵ",
                            "rate/s",
                            "got/s",
                            "p50 ms",
                            "p99 ms",
                            "p99.9 ms",
                            "feedback/s",
                            "batch",
                            "errors",
                            "× noop");
        }
        bench.load(rate, dimension, this::print);
        bench.client(dimension, TokenSecret.of(home), this::print);
    }

    private void print(LoadFigures f) {
        if (json) {
            console.out().println(Json.line(f));
        } else {
            console.out()
                    .printf(
                            ROW,
                            f.what(),
                            f.studies(),
                            f.dimension(),
                            Math.round(f.ratePerSecond()),
                            text(f.achievedPerSecond()),
                            text(f.p50Millis()),
                            text(f.p99Millis()),
                            text(f.p999Millis()),
                            text(f.feedbackPerSecond()),
                            f.feedbackBatch(),
                            f.errors(),
                            text(f.timesNoop()));
        }
        console.out().flush();
    }

    private void print(ClientFigures f) {
        console.out()
                .println(
                        json
                                ? Json.line(f)
                                : String.format(
                                        Locale.ROOT,
                                        "client assign, %s: %d ns (slowest repeat %d), %d bytes; of %d exposures %d dropped",
                                        f.pace(),
                                        f.nanos(),
                                        f.slowestNanos(),
                                        f.bytes(),
                                        f.assigned(),
                                        f.dropped()));
        console.out().flush();
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
