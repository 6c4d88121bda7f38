package io.afterlearner.local.cli.topics;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.cli.session.StackOptions;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StackState;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.Topics;
import io.afterlearner.study.InputException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --pool} and the cluster: the user's own Kafka, or that of the running stack. */
final class Target {
    @Option(
            names = "--pool",
            paramLabel = "POOL",
            description = "Evaluator pool, whose topics are needed too; repeat it for more (default: default).")
    private List<String> pools = List.of("default");

    @Mixin
    private final StackOptions stack = new StackOptions();

    /** A command's work on the cluster. */
    interface Work<T> {
        T with(Admin admin) throws InterruptedException;
    }

    List<String> pools() {
        for (String pool : pools) {
            if (pool.equals(OnlineRules.POOL)) {
                throw new InputException("afterlearner: --pool cannot be " + OnlineRules.POOL
                        + ", which is reserved for online studies; its topic always exists");
            }
            try {
                Topics.candidates(pool);
            } catch (IllegalArgumentException e) {
                throw new InputException("afterlearner: --pool " + pool + ": " + e.getMessage());
            }
        }
        return List.copyOf(pools);
    }

    /** The file with the settings of an administrator, as it was given; else a name that says what it has to be. */
    String config() {
        Path file = stack.config();
        return file == null ? "admin.properties" : file.toString();
    }

    /** Addresses and settings; without brokers if none are named and no stack runs. */
    KafkaSettings kafka() {
        KafkaSettings named = stack.kafka();
        return named.hasBootstrapServers()
                ? named
                : StackState.running(stack.home())
                        .map(running -> named.with("bootstrap.servers", running.kafka()))
                        .orElse(named);
    }

    /**
     * Does the work with an admin client.
     *
     * @throws InputException if there is no Kafka
     * @throws StackException if Kafka does not answer or refuses
     */
    <T> T on(Work<T> work) throws InterruptedException {
        KafkaSettings kafka = kafka();
        if (!kafka.hasBootstrapServers()) {
            throw new InputException("afterlearner: there is no Kafka to use: no stack runs on "
                    + stack.home().folder() + "; name your own with --kafka-config FILE or KAFKA_BOOTSTRAP_SERVERS");
        }
        try (Admin admin = kafka.newAdmin()) {
            return work.with(admin);
        } catch (KafkaException e) {
            throw new StackException(
                    "Kafka at " + kafka.bootstrapServers() + ": " + KafkaReason.of(e)
                            + "; check the address, the security settings, and the rights of this user"
                            + " (./afterlearner topics acls --service admin)",
                    e);
        }
    }
}
