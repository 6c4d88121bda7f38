package io.afterlearner.kafka.streams;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.cluster.NeededTopics;
import io.afterlearner.kafka.rights.RightsWatch;
import io.afterlearner.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A Kafka Streams application whose processor fails as its records say. */
final class GuardedApp implements AutoCloseable {
    static final String IN = "in";
    static final String OUT = "out";

    final AtomicInteger exits = new AtomicInteger();
    final AtomicInteger quarantined = new AtomicInteger();
    private final KafkaStreams streams;

    /** @param membership settings of the group's member; a thread that failed stays a member until its session ends */
    GuardedApp(String brokers, String stores, Map<String, Object> membership) {
        Topology topology = new Topology()
                .addSource("inputs", new StringDeserializer(), new ByteArrayDeserializer(), IN)
                .addProcessor("loop", this::processor, "inputs");
        Map<String, Object> settings = new HashMap<>(membership);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "guarded");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stores);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        settings.put("consumer.auto.offset.reset", "earliest");
        settings.put("producer.max.request.size", 200_000);
        KafkaSettings kafka = KafkaSettings.of(Map.of("bootstrap.servers", brokers));
        RightsWatch rights = new RightsWatch(kafka, List::of);
        streams = new KafkaStreams(
                Outputs.sink(topology, "loop"),
                new StreamsConfig(settings),
                new StreamsClients(kafka, "the-only-one", new NeededTopics(List.of()), rights, polled -> {}));
        streams.setUncaughtExceptionHandler(new StreamsFailures(System::nanoTime, rights, exits::incrementAndGet));
        streams.start();
    }

    private Processor<String, byte[], String, Out> processor() {
        return new GuardedProcessor(new Failing(), new DeadLetters("test", 100_000), new GuardedProcessor.Counted() {
            @Override
            public void deadLetter() {}

            @Override
            public void quarantined() {
                quarantined.incrementAndGet();
            }
        });
    }

    private static final class Failing implements Processor<String, byte[], String, Out> {
        private @Nullable ProcessorContext<String, Out> context;

        @Override
        public void init(ProcessorContext<String, Out> streams) {
            context = streams;
        }

        @Override
        public void process(Record<String, byte[]> received) {
            String value = new String(received.value(), StandardCharsets.UTF_8);
            byte[] sent = switch (value) {
                case "overflow" -> new byte[overflow(1)];
                case "state" -> throw new IllegalStateException("is not judged here");
                case "end" -> {
                    Runtime.getRuntime().halt(3);
                    yield new byte[0];
                }
                // Too large for the producer.
                case "large" -> new byte[300_000];
                // Too large for the topic alone.
                case "refused" -> noise(150_000);
                default -> (value + " " + (received.timestamp() >= 0)).getBytes(StandardCharsets.UTF_8);
            };
            if (context != null) {
                context.forward(new Record<>("k", new Out(OUT, sent), context.currentSystemTimeMs()));
            }
        }

        private static byte[] noise(int length) {
            byte[] bytes = new byte[length];
            new Random(1).nextBytes(bytes);
            return bytes;
        }

        private static int overflow(int depth) {
            return depth < 0 ? 0 : 1 + overflow(depth + 1);
        }
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(10));
    }

    /** An app whose threads have short sessions. */
    static GuardedApp ofShortSessions(String brokers, String stores) {
        return new GuardedApp(brokers, stores, Map.of("session.timeout.ms", 2_000, "heartbeat.interval.ms", 300));
    }

    /** Runs until it is killed, as the static member that a service is: brokers and folder of the stores are given. */
    public static void main(String[] args) throws InterruptedException {
        try (GuardedApp app = new GuardedApp(args[0], args[1], Map.of("group.instance.id", "the-only-one"))) {
            while (app.exits.get() == 0) {
                Thread.sleep(100);
            }
        }
        System.exit(1);
    }

    static String[] topics() {
        return new String[] {IN, OUT, Topics.DEAD_LETTERS};
    }
}
