package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.BrokerAwayException;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Writes studies and commands to their topics. Each method returns when the broker has the record. */
@ApplicationScoped
public class StudyDesk {
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(15);

    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final Set<String> poolsCreated = ConcurrentHashMap.newKeySet();
    private final OptimizerSettings settings;
    private final KafkaSettings kafka;
    private final Sender sender;

    StudyDesk(OptimizerSettings settings, KafkaSettings kafka) {
        this.settings = settings;
        this.kafka = kafka;
        this.sender = new Sender(kafka, "optimizer-desk", Sender.Limits.within(SEND_TIMEOUT));
    }

    /** @throws BrokerAwayException if Kafka does not answer in time */
    public void create(StudySpec spec) {
        String pool = spec.getEvaluation().getPool();
        if (!poolsCreated.contains(pool)) {
            createTopics(pool);
            poolsCreated.add(pool);
        }
        send(Topics.STUDIES, spec.getStudy(), specs.encode(spec));
    }

    /** @throws BrokerAwayException if Kafka does not answer in time */
    public void command(Command command) {
        send(Topics.COMMANDS, command.getStudy(), commands.encode(command));
    }

    /** @throws BrokerAwayException if Kafka does not answer in time */
    public void delete(String study) {
        send(Topics.STUDIES, study, null);
    }

    private void createTopics(String pool) {
        try (Admin admin = kafka.newAdmin()) {
            Topics.create(admin, settings.partitions(), settings.replication(), Set.of(pool));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void send(String topic, String key, byte @Nullable [] value) {
        try {
            sender.deliver(topic, key, value);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static BrokerAwayException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new BrokerAwayException(SEND_TIMEOUT, e);
    }

    @PreDestroy
    void close() {
        sender.close();
    }
}
