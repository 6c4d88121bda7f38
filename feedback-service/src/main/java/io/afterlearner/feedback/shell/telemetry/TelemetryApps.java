package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.Telemetry;
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
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;

/**
 * Runs one Kafka Streams application per telemetry topic that a study maps. Topics come and go while the service runs,
 * which a single topology could not follow.
 */
@ApplicationScoped
class TelemetryApps {
    /** Maximum number of topics per instance. */
    static final int MAX_TOPICS = 32;

    private static final Logger LOG = Logger.getLogger(TelemetryApps.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final OnlineStudies studies;
    private final TelemetryStreams streams;
    private final TelemetryOffsets offsets;
    private final Map<String, KafkaStreams> running = new HashMap<>();
    private final Set<String> warned = new TreeSet<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    TelemetryApps(OnlineStudies studies, TelemetryStreams streams, KafkaSettings kafka) {
        this.studies = studies;
        this.streams = streams;
        this.offsets = new TelemetryOffsets(kafka);
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
                follow(mappedTopics());
            }
        } catch (RuntimeException e) {
            LOG.error("telemetry topics cannot be followed; trying again in a second", e);
        }
    }

    private Set<String> mappedTopics() {
        return studies.all().stream()
                .flatMap(study -> study.online().getTelemetry().stream())
                .map(Telemetry::getTopic)
                .sorted()
                .distinct()
                .limit(MAX_TOPICS)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void follow(Set<String> topics) {
        synchronized (running) {
            running.entrySet().removeIf(app -> !topics.contains(app.getKey()) && isClosed(app.getValue()));
            for (String topic : topics) {
                if (!running.containsKey(topic) && !scheduler.isShutdown() && hasOffsets(topic)) {
                    running.put(topic, streams.start(topic));
                    LOG.infof("reading telemetry from topic %s", topic);
                }
            }
        }
    }

    private static boolean isClosed(KafkaStreams app) {
        return app.close(CLOSE_TIMEOUT);
    }

    private boolean hasOffsets(String topic) {
        try {
            offsets.commit(streams.applicationId(topic), topic);
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
}
