package io.afterlearner.local.cli.session;

import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.study.InputException;
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
        return within("--evaluators", evaluators, StackSettings.MAX_EVALUATORS);
    }

    public int slots() {
        return slots == null ? StackSettings.defaultSlots() : within("--slots", slots, StackSettings.MAX_SLOTS);
    }

    private static int within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new InputException("afterlearner: " + option + " must be 1 to " + most + ", not " + value);
        }
        return value;
    }
}
