package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.BrokerAwayException;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.MissingTopicException;
import io.afterlearner.kafka.Sender;
import io.afterlearner.kafka.cluster.NeededTopics;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.VerdictRequest;
import io.afterlearner.schemas.Verdicts;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes studies, commands and requests for verdicts to their topics. Each method returns when the broker has the record. */
@ApplicationScoped
public class StudyDesk {
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(15);

    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final Codec<VerdictRequest> verdictRequests = Codec.of(VerdictRequest.class);
    /** Pools whose topics have been seen. */
    private final Set<String> pools = ConcurrentHashMap.newKeySet();

    private final KafkaSettings kafka;
    private final Sender sender;

    StudyDesk(KafkaSettings kafka) {
        this.kafka = kafka;
        this.sender = new Sender(kafka, "optimizer-desk", Sender.Limits.within(SEND_TIMEOUT));
    }

    /**
     * Writes a new study.
     *
     * @param by who creates it
     * @throws MissingTopicException if its evaluators' pool has no topics
     * @throws BrokerAwayException if Kafka does not answer in time
     */
    public void create(StudySpec spec, String by) {
        requireTopics(spec.getEvaluation().getPool());
        send(Author.record(Topics.STUDIES, spec.getStudy(), specs.encode(spec), by));
    }

    /**
     * Asks once more for the verdict on a study's recommended candidate.
     *
     * @throws MissingTopicException if its evaluators' pool has no topics
     * @throws BrokerAwayException if Kafka does not answer in time
     */
    public void askForVerdict(StudySpec spec, Incumbent recommended) {
        String pool = spec.getEvaluation().getPool();
        requireTopics(pool);
        VerdictRequest request =
                Verdicts.request(spec, recommended.getNumber(), recommended.getValues(), System.currentTimeMillis());
        send(Topics.verdictRequests(pool), spec.getStudy(), verdictRequests.encode(request));
    }

    /** A study that writes to a topic that is missing would stop all others. */
    private void requireTopics(String pool) {
        if (pools.contains(pool)) {
            return;
        }
        Set<String> missing = missing(pool);
        if (!missing.isEmpty()) {
            throw MissingTopicException.saying("evaluation.pool is " + pool + ", and " + NeededTopics.line(missing));
        }
        pools.add(pool);
    }

    private Set<String> missing(String pool) {
        List<String> needed = pool.equals(OnlineRules.POOL)
                ? List.of(Topics.candidates(pool))
                : List.of(Topics.candidates(pool), Topics.verdictRequests(pool));
        try (Admin admin = kafka.newAdmin()) {
            return NeededTopics.missingOf(needed, admin);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** @throws BrokerAwayException if Kafka does not answer in time */
    public void command(Command command) {
        send(Topics.COMMANDS, command.getStudy(), commands.encode(command));
    }

    /**
     * Deletes a study.
     *
     * @param by who deletes it
     * @throws BrokerAwayException if Kafka does not answer in time
     */
    public void delete(String study, String by) {
        send(Author.record(Topics.STUDIES, study, null, by));
    }

    private void send(String topic, String key, byte[] value) {
        send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            sender.deliver(record);
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
