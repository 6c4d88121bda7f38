package io.afterlearner.local.stack;

import io.afterlearner.kafka.KafkaSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to start a stack.
 *
 * @param root the repository, with the services built
 * @param shared whether it is for everyone ({@code up}); else for one command
 * @param kafkaPort 0 for any free port
 * @param httpPort the optimizer's; 0 for any free port
 * @param feedbackPort the feedback service's; 0 for any free port, null starts none
 * @param evaluators evaluator processes, 0 to {@link #MAX_EVALUATORS}
 * @param slots candidates that each process evaluates at once, 1 to {@link #MAX_SLOTS}
 * @param pool the pool the evaluators work for
 * @param kafka the user's Kafka settings; with {@code bootstrap.servers} no broker is started
 */
public record StackSettings(
        Path root,
        boolean shared,
        int kafkaPort,
        int httpPort,
        @Nullable Integer feedbackPort,
        int evaluators,
        int slots,
        String pool,
        KafkaSettings kafka) {

    public static final int MAX_EVALUATORS = 64;
    public static final int MAX_SLOTS = 256;

    /** Broker and optimizer on free ports, for one command, without evaluators. */
    public static StackSettings withoutEvaluators(Path root, KafkaSettings kafka) {
        return new StackSettings(root, false, 0, 0, null, 0, 1, "default", kafka);
    }

    /** Broker, optimizer and feedback service on free ports, for one command with online studies. */
    public static StackSettings online(Path root, KafkaSettings kafka) {
        return new StackSettings(root, false, 0, 0, 0, 0, 1, "default", kafka);
    }
}
