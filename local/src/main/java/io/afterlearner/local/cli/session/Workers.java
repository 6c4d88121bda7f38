package io.afterlearner.local.cli.session;

import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.stack.StackSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --evaluators} and {@code --slots}. */
public final class Workers {
    @Option(
            names = "--evaluators",
            paramLabel = "N",
            defaultValue = "1",
            description = "Evaluator processes (default: ${DEFAULT-VALUE}).")
    private int evaluators;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Candidates that each process evaluates in parallel (default: one per core).")
    private @Nullable Integer slots;

    public int evaluators() {
        Options.requireWithin("--evaluators", evaluators, 1, StackSettings.MAX_EVALUATORS);
        return evaluators;
    }

    public int slots() {
        // The optimizer and the broker need little CPU.
        int chosen = slots == null
                ? Math.min(StackSettings.MAX_SLOTS, Runtime.getRuntime().availableProcessors())
                : slots;
        Options.requireWithin("--slots", chosen, 1, StackSettings.MAX_SLOTS);
        return chosen;
    }
}
