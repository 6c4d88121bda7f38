package io.afterlearner.local.cli.bench;

import io.afterlearner.benchmarks.online.ClientFigures;
import io.afterlearner.benchmarks.online.LoadFigures;
import io.afterlearner.benchmarks.online.OnlineBench;
import io.afterlearner.benchmarks.online.RefusedKeyException;
import io.afterlearner.client.Keys;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.access.Credentials;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.stack.Stack;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StackKeys;
import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench online}: what it costs an application to ask which values a unit gets. */
@Command(
        name = "online",
        description = {
            "Measures how fast units are assigned while feedback arrives at the same rate.",
            "Starts a broker, an optimizer and a feedback service for itself. Requests are due at fixed "
                    + "times, whether earlier ones were answered or not, and latencies count from those times. Also "
                    + "measures a request that does nothing, for comparison, and the client, which assigns without "
                    + "HTTP.",
            "If services require keys (AFTERLEARNER_HTTP_KEYS_FILE), AFTERLEARNER_KEY or AFTERLEARNER_KEY_FILE has one of "
                    + "the role application."
        },
        footer = {"", "Example:", "  ./afterlearner bench online --rate 2000 --json"})
final class BenchOnlineCommand implements Callable<Integer> {
    private static final String HEADER = "what         studies      ℵ  rate/s      got/s    p50 ms    p99 ms  p99.9 ms"
            + "  feedback/s  batch  errors  × noop";

    @Mixin
    private final BenchOutput output;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Assignments due per second, and feedback events per second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "15",
            description = "Duration of each measurement (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--dimension",
            paramLabel = "N",
            defaultValue = "10",
            description = "Number of ℵ-parameters (default: ${DEFAULT-VALUE}).")
    private int dimension;

    BenchOnlineCommand(Console console) {
        output = new BenchOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Options.requireWithin("--rate", rate, 1, 50_000);
        Options.requireWithin("--seconds", seconds, 0.1, 600);
        Options.requireWithin("--dimension", dimension, 1, 10_000);
        StackSettings settings = StackSettings.online(Repository.root(), KafkaSettings.of(Map.of()));
        try (Stack stack = Stack.startTemporary("afterlearner-bench", settings)) {
            URI feedback = URI.create(Objects.requireNonNull(stack.state().feedback()));
            OnlineBench bench = new OnlineBench(
                    Map.of("bootstrap.servers", stack.state().kafka()),
                    feedback,
                    Credentials.ofProcess().authorization(),
                    seconds);
            output.text(HEADER);
            bench.load(rate, dimension, this::print);
            try (Keys keys = StackKeys.of(stack.home())) {
                bench.client(dimension, keys, this::print);
            }
        } catch (RefusedKeyException e) {
            throw new InputException(
                    "afterlearner: " + e.getMessage(),
                    "set " + Credentials.KEY + " or " + Credentials.KEY_FILE + " to a key of the role application");
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("the online study broke: " + e.getMessage(), e);
        }
        return ExitCode.OK;
    }

    private void print(LoadFigures f) {
        output.row(
                f,
                "%-11s  %7s  %5s  %6.0f  %9.2f  %8.2f  %8.2f  %8.2f  %10.2f  %5s  %6s  %6.2f",
                f.what(),
                f.studies(),
                f.dimension(),
                f.ratePerSecond(),
                f.achievedPerSecond(),
                f.p50Millis(),
                f.p99Millis(),
                f.p999Millis(),
                f.feedbackPerSecond(),
                f.feedbackBatch(),
                f.errors(),
                f.timesNoop());
    }

    private void print(ClientFigures f) {
        output.row(
                f,
                "client assign, %s: %d ns (slowest repeat %d), %d bytes; of %d exposures %d dropped",
                f.pace(),
                f.nanos(),
                f.slowestNanos(),
                f.bytes(),
                f.assigned(),
                f.dropped());
    }
}
