package io.afterlearner.optimizer.shell;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Puts studies and commands on their topics, and returns when the broker has them. */
@ApplicationScoped
public class StudyDesk {
    private static final int PATIENCE_SECONDS = 15;

    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final Set<String> poolsCreated = ConcurrentHashMap.newKeySet();
    private final OptimizerSettings settings;
    private final String bootstrapServers;
    private final KafkaProducer<String, byte[]> producer;

    StudyDesk(OptimizerSettings settings, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.settings = settings;
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "linger.ms",
                        0,
                        "delivery.timeout.ms",
                        PATIENCE_SECONDS * 1000,
                        "request.timeout.ms",
                        PATIENCE_SECONDS * 500,
                        "max.request.size",
                        Codec.MAX_RECORD_BYTES + 4096),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** @throws BrokerAwayException if Kafka does not take it in time */
    public void create(StudySpec spec) {
        String pool = spec.getEvaluation().getPool();
        if (!poolsCreated.contains(pool)) {
            createTopics(pool);
            poolsCreated.add(pool);
        }
        send(Topics.STUDIES, spec.getStudy(), specs.encode(spec));
    }

    /** @throws BrokerAwayException if Kafka does not take it in time */
    public void command(Command command) {
        send(Topics.COMMANDS, command.getStudy(), commands.encode(command));
    }

    /** @throws BrokerAwayException if Kafka does not take it in time */
    public void forget(String study) {
        send(Topics.STUDIES, study, null);
    }

    private void createTopics(String pool) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Topics.create(admin, settings.partitions(), settings.replication(), Set.of(pool));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerAwayException(e);
        }
    }

    private void send(String topic, String key, byte @Nullable [] value) {
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerAwayException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerAwayException(e);
        }
    }

    @PreDestroy
    void close() {
        producer.close(java.time.Duration.ofSeconds(1));
    }

    /** Kafka did not take a record in time; it may or may not have it. */
    public static final class BrokerAwayException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokerAwayException(Exception cause) {
            super("Kafka did not take it within " + PATIENCE_SECONDS + " s: try again", cause);
        }
    }
}
