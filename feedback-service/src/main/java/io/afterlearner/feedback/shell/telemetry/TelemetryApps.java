package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.rights.RightsWatch;
import io.afterlearner.kafka.streams.GuardedProcessor;
import io.afterlearner.kafka.streams.Outputs;
import io.afterlearner.kafka.streams.StreamsFailures;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.jboss.logging.Logger;

/**
 * Runs one Kafka Streams application per telemetry topic that a study maps, configured like the service's own. Topics come
 * and go while the service runs, which a single topology could not follow.
 */
@ApplicationScoped
class TelemetryApps {
    private static final Logger LOG = Logger.getLogger(TelemetryApps.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final OnlineStudies studies;
    private final Tokens tokens;
    private final FeedbackMetrics metrics;
    private final DeadLetters letters;
    private final KafkaClientSupplier clients;
    private final RightsWatch rights;
    private final StreamsConfig own;
    private final TelemetryOffsets offsets;
    private final Map<String, KafkaStreams> running = new HashMap<>();
    private final Set<String> warned = new TreeSet<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    /** @param own configuration of the service's own application */
    TelemetryApps(
            OnlineStudies studies,
            Tokens tokens,
            FeedbackMetrics metrics,
            DeadLetters letters,
            KafkaSettings kafka,
            KafkaClientSupplier clients,
            RightsWatch rights,
            StreamsConfig own) {
        this.studies = studies;
        this.tokens = tokens;
        this.metrics = metrics;
        this.letters = letters;
        this.clients = clients;
        this.rights = rights;
        this.own = own;
        offsets = new TelemetryOffsets(kafka);
    }

    void start(@Observes @Priority(3) StartupEvent event) {
        // A failure is logged in the task itself.
        var unused = scheduler.scheduleWithFixedDelay(this::follow, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        scheduler.shutdownNow();
        synchronized (running) {
            running.values().forEach(app -> app.close(CLOSE_TIMEOUT));
            running.clear();
        }
    }

    private void follow() {
        try {
            if (studies.isReady()) {
                follow(studies.telemetryTopics());
            }
        } catch (RuntimeException e) {
            LOG.error("telemetry topics cannot be followed; trying again in a second", e);
        }
    }

    private void follow(Set<String> topics) {
        synchronized (running) {
            running.entrySet()
                    .removeIf(app ->
                            !topics.contains(app.getKey()) && app.getValue().close(CLOSE_TIMEOUT));
            for (String topic : topics) {
                // The application's id is its consumer group as well.
                String id = own.getString(StreamsConfig.APPLICATION_ID_CONFIG) + "-telemetry-" + topic;
                if (!running.containsKey(topic) && !scheduler.isShutdown() && hasOffsets(id, topic)) {
                    running.put(topic, started(id, topic));
                    LOG.infof("reading telemetry from topic %s", topic);
                }
            }
        }
    }

    private boolean hasOffsets(String group, String topic) {
        try {
            offsets.commit(group, topic);
            warned.remove(topic);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (warned.add(topic)) {
                String why = e.getCause() instanceof UnknownTopicOrPartitionException
                        ? "the topic does not exist; create it"
                        : String.valueOf(e.getMessage());
                LOG.warnf("telemetry cannot be read from topic %s yet: %s", topic, why);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private KafkaStreams started(String id, String topic) {
        StreamsBuilder builder = new StreamsBuilder();
        Outputs.sink(builder.stream(topic, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .process(() -> new GuardedProcessor(
                        new TelemetryProcessor(topic, studies, tokens, metrics, letters), letters, metrics)));
        Map<String, Object> settings = new HashMap<>(own.originals());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
        KafkaStreams app = new KafkaStreams(builder.build(), new StreamsConfig(settings), clients);
        app.setUncaughtExceptionHandler(new StreamsFailures(System::nanoTime, rights, () -> Quarkus.asyncExit(1)));
        app.start();
        return app;
    }
}
