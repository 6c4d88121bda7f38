package io.afterlearner.benchmarks;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Answers every candidate of one study as soon as it is visible (read_committed), with the loss of the sphere function. */
final class InstantEvaluator implements AutoCloseable {
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(60);

    /** @param headers of its record: the fitness carries its trace context */
    private record Held(Candidate candidate, Headers headers) {}

    private final String study;
    private final Codec<Candidate> candidates = Codec.of(Candidate.class);
    private final Codec<DeadLetter> letters = Codec.of(DeadLetter.class);
    private final Codec<Fitness> fitness = Codec.of(Fitness.class);
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Queue<Held> held = new ArrayDeque<>();
    private final Queue<Long> sentNanos = new ArrayDeque<>();
    private final Quantiles roundTrips = new Quantiles();
    private long answered;
    private volatile @Nullable Exception sendFailure;

    InstantEvaluator(KafkaSettings kafka, String study, String pool) {
        this.study = study;
        consumer = kafka.newConsumer(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500));
        producer = kafka.newProducer(Map.of());
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : List.of(Topics.candidates(pool), Topics.DEAD_LETTERS)) {
            consumer.partitionsFor(topic).forEach(p -> all.add(new TopicPartition(topic, p.partition())));
        }
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    /**
     * Answers {@code count} more candidates, leaving the given number of candidates unanswered.
     *
     * @return elapsed seconds
     * @throws RefusedException if the optimizer refuses the study
     */
    double answer(long count, int withheld) throws UndecodableException {
        roundTrips.clear();
        sentNanos.clear();
        long end = answered + count;
        long start = System.nanoTime();
        while (answered < end) {
            while (held.size() > withheld && answered < end) {
                send(held.remove());
            }
            if (answered < end) {
                receive();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /**
     * Waits until that many candidates are outstanding and unanswered here.
     *
     * @throws RefusedException if the optimizer refuses the study
     */
    void await(int count) throws UndecodableException {
        while (held.size() < count) {
            receive();
        }
    }

    String study() {
        return study;
    }

    Quantiles roundTrips() {
        return roundTrips;
    }

    private void receive() throws UndecodableException {
        var records = consumer.poll(POLL_TIMEOUT);
        if (sendFailure != null) {
            throw new IllegalStateException("the broker rejected a fitness", sendFailure);
        }
        if (records.isEmpty()) {
            throw new IllegalStateException("no candidate for " + POLL_TIMEOUT.toSeconds() + " s after " + answered
                    + " answers; check that the optimizer is running");
        }
        long now = System.nanoTime();
        for (var received : records) {
            if (received.topic().equals(Topics.DEAD_LETTERS)) {
                checkLetter(letters.decode(received.value()));
                continue;
            }
            Candidate candidate = candidates.decode(received.value());
            if (candidate.getStudy().equals(study)) {
                Long sent = sentNanos.poll();
                if (sent != null) {
                    roundTrips.add(now - sent);
                }
                held.add(new Held(candidate, received.headers()));
            }
        }
    }

    /** A dead letter about the study means that the awaited candidates will never come. */
    private void checkLetter(DeadLetter letter) {
        ByteBuffer key = letter.getKey();
        if (key != null
                && StandardCharsets.UTF_8.decode(key.duplicate()).toString().equals(study)) {
            throw new RefusedException("", letter.getReason());
        }
    }

    private void send(Held next) {
        Candidate candidate = next.candidate();
        double loss = 0;
        for (double value : candidate.getValues()) {
            loss += (value - 0.5) * (value - 0.5);
        }
        Provenance provenance = new Provenance("bench", "bench", null, null, "CPU", 1L, 0L, System.currentTimeMillis());
        Fitness told = new Fitness(
                study, candidate.getNumber(), new Measured(loss, null), provenance, candidate.getIncarnation());
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.FITNESS, null, study, fitness.encode(told), next.headers());
        var unused = producer.send(record, (sent, failure) -> {
            if (failure != null) {
                sendFailure = failure;
            }
        });
        sentNanos.add(System.nanoTime());
        answered++;
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
