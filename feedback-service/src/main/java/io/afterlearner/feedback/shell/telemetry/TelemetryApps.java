package io.afterlearner.feedback.shell;

import io.afterlearner.client.Tokens;
import io.afterlearner.schemas.Telemetry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * A Kafka Streams application for each topic of the user's own that some study maps, exactly once like the others: begun
 * when a study first names the topic, closed when none does any more. Topics may come and go while the service runs, which
 * a single topology could not follow.
 */
@ApplicationScoped
class TelemetryApps {
    /** Topics that one instance reads. */
    static final int MOST_TOPICS = 32;

    private static final Logger LOG = Logger.getLogger(TelemetryApps.class);
    private static final int PATIENCE_SECONDS = 10;
    /** What Kafka says where a partition has no record of that time or later. */
    private static final long NOTHING_SINCE = -1;

    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);
    private static final String PREFIX = "kafka-streams.";
    /** What was written shortly before the study began may be of its first assignments. */
    private static final Duration FROM = Duration.ofMinutes(10);

    private final OnlineStudies studies;
    private final Tokens tokens;
    private final FeedbackMetrics tallies;
    private final Config config;
    private final Map<String, KafkaStreams> running = new HashMap<>();
    private final Set<String> complained = new TreeSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    TelemetryApps(OnlineStudies studies, Tokens tokens, FeedbackMetrics tallies, Config config) {
        this.studies = studies;
        this.tokens = tokens;
        this.tallies = tallies;
        this.config = config;
    }

    void start(@Observes @Priority(3) StartupEvent event) {
        // A failure of one look is logged in it.
        var unused = clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        clock.shutdownNow();
        synchronized (running) {
            running.values().forEach(app -> app.close(CLOSES_WITHIN));
            running.clear();
        }
    }

    private void look() {
        try {
            if (studies.isReady()) {
                follow(wanted());
            }
        } catch (RuntimeException e) {
            LOG.error("telemetry cannot be followed; tried again in a second", e);
        }
    }

    private Set<String> wanted() {
        return studies.all().stream()
                .flatMap(study -> study.online().getTelemetry().stream())
                .map(Telemetry::getTopic)
                .sorted()
                .limit(MOST_TOPICS)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void follow(Set<String> wanted) {
        synchronized (running) {
            running.entrySet().removeIf(app -> !wanted.contains(app.getKey()) && closed(app.getValue()));
            for (String topic : wanted) {
                if (!running.containsKey(topic) && !clock.isShutdown() && isPlaced(topic)) {
                    running.put(topic, begun(topic));
                    LOG.infof("telemetry of topic %s is read", topic);
                }
            }
        }
    }

    private static boolean closed(KafkaStreams app) {
        return app.close(CLOSES_WITHIN);
    }

    /** Whether the topic is there, and it is said from where on it is read. */
    private boolean isPlaced(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            Map<String, TopicDescription> described =
                    admin.describeTopics(Set.of(topic)).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            place(admin, applicationId(topic), described.values());
            complained.remove(topic);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (complained.add(topic)) {
                String why = e.getCause() instanceof UnknownTopicOrPartitionException
                        ? "there is no such topic: create it"
                        : String.valueOf(e.getMessage());
                LOG.warnf("telemetry of topic %s cannot be read yet: %s", topic, why);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Where a group that has read nothing begins, written down before it does: a crash then skips nothing. A consumer that
     * is left to find it by time waits half a minute for each partition that is empty.
     */
    private static void place(Admin admin, String group, Collection<TopicDescription> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (!admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .isEmpty()) {
            return;
        }
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        long since = System.currentTimeMillis() - FROM.toMillis();
        Map<TopicPartition, Long> from = offsets(admin, partitions, OffsetSpec.forTimestamp(since));
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
        ends.forEach((partition, end) -> {
            long found = from.getOrDefault(partition, NOTHING_SINCE);
            places.put(partition, new OffsetAndMetadata(found == NOTHING_SINCE ? end : found));
        });
        admin.alterConsumerGroupOffsets(group, places).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec)))
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private KafkaStreams begun(String topic) {
        KafkaStreams app = new KafkaStreams(topology(topic), properties(topic));
        Failures failures = new Failures(System::nanoTime);
        app.setUncaughtExceptionHandler(failure -> {
            LOG.warnf("telemetry of topic %s failed: %s", topic, failure);
            StreamThreadExceptionResponse response = failures.handle(failure);
            if (response == StreamThreadExceptionResponse.SHUTDOWN_CLIENT) {
                Quarkus.asyncExit(1);
            }
            return response;
        });
        app.start();
        return app;
    }

    private Topology topology(String topic) {
        StreamsBuilder builder = new StreamsBuilder();
        FeedbackTopology.sink(builder.stream(topic, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .process(() -> new TelemetryProcessor(topic, studies, tokens, tallies)));
        return builder.build();
    }

    /** As the service's own application, but for its name. */
    private Properties properties(String topic) {
        Properties properties = new Properties();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> properties.put(name.substring(PREFIX.length()), value));
            }
        }
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(topic));
        return properties;
    }

    /** Its consumer group, too. */
    private String applicationId(String topic) {
        return config.getValue("quarkus.kafka-streams.application-id", String.class) + "-telemetry-" + topic;
    }

    private String bootstrapServers() {
        return config.getValue("kafka.bootstrap.servers", String.class);
    }
}
