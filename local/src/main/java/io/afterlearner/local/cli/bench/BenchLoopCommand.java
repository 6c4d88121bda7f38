package io.afterlearner.local.cli.bench;

import io.afterlearner.benchmarks.LoopBench;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.stack.Stack;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.UndecodableException;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench loop}: the ask/tell loop when evaluating costs nothing. */
@Command(
        name = "loop",
        description = {
            "Measures the rate and the round trip of the ask/tell loop with exactly-once processing.",
            "Starts a broker and an optimizer for itself; its evaluators answer at once. Measures with one "
                    + "candidate outstanding and with --outstanding, in a new study and again after --aged candidates."
        },
        footer = {"", "Example:", "  ./afterlearner bench loop --outstanding 64 --json"})
final class BenchLoopCommand implements Callable<Integer> {
    @Mixin
    private final BenchOutput output;

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
            description = "Candidates scored per measurement (default: ${DEFAULT-VALUE}).")
    private int told;

    @Option(
            names = "--aged",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Candidates scored before the last measurements (default: ${DEFAULT-VALUE}).")
    private int aged;

    @Option(
            names = "--dimension",
            paramLabel = "N",
            defaultValue = "6",
            description = "Number of ℵ-parameters (default: ${DEFAULT-VALUE}).")
    private int dimension;

    BenchLoopCommand(Console console) {
        output = new BenchOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Options.requireWithin("--outstanding", outstanding, 1, 4_096);
        Options.requireWithin("--told", told, 1, 5_000_000);
        Options.requireWithin("--aged", aged, 1, 5_000_000);
        Options.requireWithin("--dimension", dimension, 1, 10_000);
        long candidates = LoopBench.candidates(outstanding, told, aged);
        if (candidates > LoopBench.MAX_CANDIDATES) {
            throw new InputException(
                    "afterlearner: --aged " + aged + " with --told " + told + " needs a study of " + candidates
                            + " candidates, but at most " + LoopBench.MAX_CANDIDATES + " are possible",
                    "lower --aged or --told");
        }
        StackSettings settings = StackSettings.withoutEvaluators(Repository.root(), KafkaSettings.of(Map.of()));
        try (Stack stack = Stack.startTemporary("afterlearner-bench", settings)) {
            output.text("outstanding  told before        told      told/s    p50 ms    p99 ms");
            KafkaSettings kafka =
                    KafkaSettings.of(Map.of("bootstrap.servers", stack.state().kafka()));
            new LoopBench(kafka, dimension).run(outstanding, told, aged, this::print);
        } catch (RefusedException e) {
            throw new InputException(
                    "afterlearner: " + e.getMessage(), "lower --aged, --told, --outstanding or --dimension");
        } catch (ExecutionException | UndecodableException e) {
            throw new StackException("the benchmark failed: " + e.getMessage(), e);
        }
        return ExitCode.OK;
    }

    private void print(LoopBench.Figures figures) {
        output.row(
                figures,
                "%11d  %11d  %10d  %10.1f  %8.3f  %8.3f",
                figures.outstanding(),
                figures.toldBefore(),
                figures.told(),
                figures.toldPerSecond(),
                figures.p50Millis(),
                figures.p99Millis());
    }
}
