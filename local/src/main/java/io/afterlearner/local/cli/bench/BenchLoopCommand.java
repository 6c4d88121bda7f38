package io.afterlearner.local.cli.bench;

import io.afterlearner.benchmarks.LoopBench;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.stack.Stack;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.schemas.UndecodableException;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench loop}: the ask/tell loop when evaluating costs nothing. */
@Command(
        name = "loop",
        description =
                "Rate and round trip of the loop: a broker and an optimizer of its own, exactly once, and evaluators"
                        + " that answer at once. One outstanding, many, and both again in a study that has grown old.",
        footer = {"", "Example:", "  ./afterlearner bench loop --outstanding 64 --json"})
final class BenchLoopCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--outstanding",
            paramLabel = "N",
            defaultValue = "64",
            description = "Candidates outstanding at once (default: ${DEFAULT-VALUE}).")
    private int outstanding;

    @Option(
            names = "--told",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Candidates told a measurement (default: ${DEFAULT-VALUE}).")
    private long told;

    @Option(
            names = "--aged",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Candidates told before the last measurements (default: ${DEFAULT-VALUE}).")
    private long aged;

    @Option(
            names = "--dimension",
            paramLabel = "N",
            defaultValue = "6",
            description = "ℵ-parameters (default: ${DEFAULT-VALUE}).")
    private int dimension;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    BenchLoopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        within("--outstanding", outstanding, 4_096);
        within("--told", told, 5_000_000);
        within("--aged", aged, 5_000_000);
        within("--dimension", dimension, 10_000);
        Path root = Repository.root();
        try (Stack stack = Stack.startTemporary(
                "afterlearner-bench", StackSettings.withoutEvaluators(root, KafkaSettings.of(Map.of())))) {
            if (!json) {
                console.out().println("outstanding  told before        told      told/s    p50 ms    p99 ms");
            }
            new LoopBench(
                            KafkaSettings.of(
                                    Map.of("bootstrap.servers", stack.state().kafka())),
                            dimension)
                    .run(outstanding, told, aged, this::print);
        } catch (ExecutionException | UndecodableException e) {
            throw new StackException("the loop broke: " + e.getMessage(), e);
        }
        return ExitCode.DONE;
    }

    private static void within(String option, long value, long most) {
        if (value < 1 || value > most) {
            throw new InputException("afterlearner: " + option + " must be 1 to " + most + ", not " + value);
        }
    }

    private void print(LoopBench.Figures figures) {
        console.out()
                .println(
                        json
                                ? Json.line(figures)
                                : String.format(
                                        Locale.ROOT,
                                        "%11d  %11d  %10d  %10.1f  %8.3f  %8.3f",
                                        figures.outstanding(),
                                        figures.toldBefore(),
                                        figures.told(),
                                        figures.toldPerSecond(),
                                        figures.p50Millis(),
                                        figures.p99Millis()));
        console.out().flush();
    }
}
