package io.afterlearner.optimizer;

import io.afterlearner.optimizer.shell.Messages;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Claim;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Receives the candidates of one study and sends the given answers. */
final class Evaluator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<String, ?> client;
    private final String study;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Queue<Candidate> waiting = new ArrayDeque<>();
    /** Of the latest candidate received. */
    private long incarnation;

    Evaluator(String bootstrapServers, String study) {
        this(Map.of("bootstrap.servers", bootstrapServers), study);
    }

    /** @param client settings of its clients */
    Evaluator(Map<String, ?> client, String study) {
        this.client = client;
        this.study = study;
        this.consumer = consumer(Topics.candidates("default"));
        this.producer =
                new KafkaProducer<>(with(Map.of("linger.ms", 0)), new StringSerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> with(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(more);
        return settings;
    }

    /** The next candidate of the study. */
    Candidate next() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (waiting.isEmpty() && System.nanoTime() < end) {
            for (ConsumerRecord<String, byte[]> received : consumer.poll(Duration.ofMillis(100))) {
                Candidate candidate = Messages.decode(Candidate.class, received.value());
                if (candidate.getStudy().equals(study)) {
                    waiting.add(candidate);
                    incarnation = candidate.getIncarnation();
                }
            }
        }
        if (waiting.isEmpty()) {
            throw new IllegalStateException("no candidate of " + study + " for " + PATIENCE);
        }
        return waiting.remove();
    }

    /** Answers the next candidate, every seventh one twice. */
    Candidate answer() {
        Candidate candidate = next();
        tell(candidate.getNumber(), 1.0 / (1 + candidate.getNumber()));
        if (candidate.getNumber() % 7 == 0) {
            tell(candidate.getNumber(), 0);
        }
        return candidate;
    }

    void tell(long number, double loss) {
        tell(number, loss, incarnation);
    }

    void tell(long number, double loss, long of) {
        Fitness told = Messages.measured(study, number, loss);
        send(Messages.bytes(Fitness.newBuilder(told).setIncarnation(of).build()));
    }

    Claim claim(Candidate taken) {
        return Claim.newBuilder(Messages.taken(study, taken.getNumber()))
                .setIncarnation(taken.getIncarnation())
                .build();
    }

    void send(byte[] fitness) {
        var unused = producer.send(new ProducerRecord<>(Topics.FITNESS, study, fitness));
    }

    /** The study's committed trials. */
    List<TrialEvent> trials() {
        List<TrialEvent> trials = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> reader = consumer(Topics.TRIALS)) {
            var ends = reader.endOffsets(reader.assignment());
            while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
                for (ConsumerRecord<String, byte[]> received : reader.poll(Duration.ofMillis(100))) {
                    if (study.equals(received.key())) {
                        trials.add(Messages.decode(TrialEvent.class, received.value()));
                    }
                }
            }
        }
        return trials;
    }

    private KafkaConsumer<String, byte[]> consumer(String topic) {
        KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(
                with(Map.of("isolation.level", "read_committed")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        reader.partitionsFor(topic).forEach(p -> all.add(new TopicPartition(topic, p.partition())));
        reader.assign(all);
        reader.seekToBeginning(all);
        return reader;
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
