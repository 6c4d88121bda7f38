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
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
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
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);
    private static final String PREFIX = "kafka-streams.";
    /** What was written shortly before the study began may be of its first assignments. */
    private static final String FROM = "by_duration:PT10M";

    private final OnlineStudies studies;
    private final Tokens tokens;
    private final Tallies tallies;
    private final Config config;
    private final Map<String, KafkaStreams> running = new HashMap<>();
    private final Set<String> complained = new TreeSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    TelemetryApps(OnlineStudies studies, Tokens tokens, Tallies tallies, Config config) {
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
                if (!running.containsKey(topic) && !clock.isShutdown() && exists(topic)) {
                    running.put(topic, begun(topic));
                    LOG.infof("telemetry of topic %s is read", topic);
                }
            }
        }
    }

    private static boolean closed(KafkaStreams app) {
        return app.close(CLOSES_WITHIN);
    }

    private boolean exists(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.describeTopics(Set.of(topic)).allTopicNames().get(10, TimeUnit.SECONDS);
            complained.remove(topic);
            return true;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
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

    private KafkaStreams begun(String topic) {
        KafkaStreams app = new KafkaStreams(topology(topic), properties(topic));
        app.setUncaughtExceptionHandler(failure -> {
            LOG.errorf(failure, "telemetry of topic %s failed; the service stops, to be started again", topic);
            Quarkus.asyncExit(1);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
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
        properties.put(
                StreamsConfig.APPLICATION_ID_CONFIG,
                config.getValue("quarkus.kafka-streams.application-id", String.class) + "-telemetry-" + topic);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), FROM);
        return properties;
    }

    private String bootstrapServers() {
        return config.getValue("kafka.bootstrap.servers", String.class);
    }
}
