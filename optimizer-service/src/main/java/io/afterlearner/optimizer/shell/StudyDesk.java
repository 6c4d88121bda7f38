package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.BrokerAwayException;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Sender;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.VerdictRequest;
import io.afterlearner.schemas.Verdicts;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Writes studies, commands and requests for verdicts to their topics. Each method returns when the broker has the record. */
@ApplicationScoped
public class StudyDesk {
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(15);

    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final Codec<VerdictRequest> verdictRequests = Codec.of(VerdictRequest.class);
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
        requireTopics(spec.getEvaluation().getPool());
        send(Topics.STUDIES, spec.getStudy(), specs.encode(spec));
    }

    /**
     * Asks once more for the verdict on a study's recommended candidate.
     *
     * @throws BrokerAwayException if Kafka does not answer in time
     */
    public void askForVerdict(StudySpec spec, Incumbent recommended) {
        String pool = spec.getEvaluation().getPool();
        requireTopics(pool);
        VerdictRequest request =
                Verdicts.request(spec, recommended.getNumber(), recommended.getValues(), System.currentTimeMillis());
        send(Topics.verdictRequests(pool), spec.getStudy(), verdictRequests.encode(request));
    }

    private void requireTopics(String pool) {
        if (!poolsCreated.contains(pool)) {
            createTopics(pool);
            poolsCreated.add(pool);
        }
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
            ClusterSetup.create(admin, settings.partitions(), settings.replication(), Set.of(pool));
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
