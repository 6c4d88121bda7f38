package io.afterlearner.local.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to start.
 *
 * @param root the repository, with the services built
 * @param shared whether for everyone ({@code up}); else for one command
 * @param kafkaPort 0 for any free one
 * @param httpPort the optimizer's; 0 for any free one
 * @param feedbackPort the feedback service's; 0 for any free one, null starts none
 * @param evaluators evaluator processes, 0 to {@link #MOST_EVALUATORS}
 * @param slots candidates each evaluates at once, 1 to {@link #MOST_SLOTS}
 * @param pool the pool the evaluators work for
 */
public record StackSettings(
        Path root,
        boolean shared,
        int kafkaPort,
        int httpPort,
        @Nullable Integer feedbackPort,
        int evaluators,
        int slots,
        String pool) {

    public static final int MOST_EVALUATORS = 64;
    public static final int MOST_SLOTS = 256;

    /** The same for another pool. */
    public StackSettings forPool(String other) {
        return new StackSettings(root, shared, kafkaPort, httpPort, feedbackPort, evaluators, slots, other);
    }

    /** Broker and optimizer on free ports, for one command, with nobody to evaluate. */
    public static StackSettings withoutEvaluators(Path root) {
        return new StackSettings(root, false, 0, 0, null, 0, 1, "default");
    }

    /** Broker, optimizer and feedback service on free ports, for one command whose studies users judge. */
    public static StackSettings online(Path root) {
        return new StackSettings(root, false, 0, 0, 0, 0, 1, "default");
    }

    /** A slot for every core: optimizer and broker need little of one. */
    public static int usualSlots() {
        return Math.min(MOST_SLOTS, Runtime.getRuntime().availableProcessors());
    }
}
