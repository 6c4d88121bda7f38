package io.afterlearner.feedback.shell.topology;

import io.afterlearner.client.Keys;
import io.afterlearner.client.Secrets;
import io.afterlearner.client.Tokens;
import io.afterlearner.client.UnitKeys;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.FeedbackSettings;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.UnitKeyWatch;
import io.afterlearner.feedback.shell.judging.Standings;
import io.afterlearner.kafka.ClockWatch;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.SafeLog;
import io.afterlearner.kafka.TokenEndpoints;
import io.afterlearner.kafka.cluster.NeededTopics;
import io.afterlearner.kafka.rights.RightsGauge;
import io.afterlearner.kafka.rights.RightsWatch;
import io.afterlearner.kafka.streams.StreamsClients;
import io.afterlearner.kafka.streams.StreamsFailures;
import io.afterlearner.kafka.streams.StreamsListener;
import io.afterlearner.kafka.streams.StreamsProgress;
import io.afterlearner.kafka.streams.StreamsStop;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.observability.ServiceMeters;
import io.afterlearner.observability.StudySeries;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.ServiceRights;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The beans with which Quarkus starts Kafka Streams. */
@ApplicationScoped
class Wiring {
    private static final Logger LOG = Logger.getLogger(Wiring.class);
    private static final String SERVICE = "feedback";

    /** Partitions of each topic keyed by study or assignment, until they exist. */
    private static final int DEFAULT_PARTITIONS = 4;

    private static final Duration ANSWER = Duration.ofSeconds(60);

    private int partitions = DEFAULT_PARTITIONS;
    private int unitPartitions = DEFAULT_PARTITIONS;
    private DeadLetters deadLetters = new DeadLetters(SERVICE);

    /** Before the followers and Kafka Streams start, which wait for missing topics. */
    void checkKafka(@Observes @Priority(1) StartupEvent start, KafkaSettings kafka, NeededTopics topics)
            throws InterruptedException {
        SafeLog.install(InitialConfigurator.DELAYED_HANDLER.getHandlers());
        try (Admin admin = kafka.newAdmin()) {
            Set<String> missing = topics.missing(admin);
            if (!missing.contains(Topics.STUDIES)) {
                partitions = partitions(admin, Topics.STUDIES);
                deadLetters = DeadLetters.fitting(admin, SERVICE);
            }
            if (!missing.contains(Topics.EXPOSURES)) {
                unitPartitions = partitions(admin, Topics.EXPOSURES);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unusable(kafka, e);
        }
        counting(topics, Topics.STUDIES, partitions);
        counting(topics, Topics.EXPOSURES, unitPartitions);
    }

    private static int partitions(Admin admin, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
    }

    /** The topology has one number of partitions, and the topics were created with another while it waited. */
    private static void counting(NeededTopics topics, String topic, int partitions) {
        topics.counting(topic, partitions, () -> {
            LOG.infof(
                    "topic %s was created with another number of partitions than %d; this process exits and needs a"
                            + " restart",
                    topic, partitions);
            Quarkus.asyncExit(1);
        });
    }

    @Produces
    @Singleton
    NeededTopics topics() {
        return NeededTopics.of(ServiceRights.feedback());
    }

    /** Quarkus prints only the message of this exception, and ends the process. */
    private static ConfigurationException unusable(KafkaSettings kafka, Exception e) {
        return new ConfigurationException(kafka + " cannot be used: " + KafkaReason.of(e)
                + "; check kafka.bootstrap.servers and the security settings under kafka.*");
    }

    @Produces
    @Singleton
    Topology topology(
            OnlineStudies studies,
            Standings standings,
            Tokens tokens,
            UnitKeyWatch unitKeys,
            FeedbackMetrics metrics,
            FeedbackSettings settings,
            OpenTelemetry telemetry,
            @ConfigProperty(name = Spans.OFF) boolean tracesOff) {
        return FeedbackTopology.build(
                studies,
                standings,
                tokens,
                unitKeys,
                metrics,
                deadLetters,
                settings.instance(),
                partitions,
                unitPartitions,
                Spans.of(telemetry, tracesOff));
    }

    @Produces
    @Singleton
    KafkaSettings kafka(Config config) {
        return TokenEndpoints.allow(KafkaSettings.from(
                config.getPropertyNames(),
                name -> config.getOptionalValue(name, String.class).orElse(null)));
    }

    /** A topic of telemetry concerns only the studies that map it. */
    @Produces
    @Singleton
    RightsWatch rights(KafkaSettings kafka, OnlineStudies studies, MeterRegistry registry) {
        RightsWatch rights = new RightsWatch(kafka, ServiceRights::feedback)
                .optional(() -> ServiceRights.telemetry(studies.telemetryTopics()));
        RightsGauge.show(registry, rights);
        return rights;
    }

    void stopWatching(@Disposes RightsWatch rights) {
        rights.close();
    }

    void watchRights(@Observes @Priority(2) StartupEvent start, RightsWatch rights) {
        rights.start();
    }

    @Produces
    @Singleton
    KafkaClientSupplier clients(
            KafkaSettings kafka, FeedbackSettings settings, NeededTopics topics, RightsWatch rights) {
        return new StreamsClients(kafka, settings.instance(), topics, rights, polled -> {});
    }

    @Produces
    @Singleton
    StreamsProgress progress() {
        return new StreamsProgress();
    }

    @Produces
    @Singleton
    KafkaStreams.StateListener listener(StreamsProgress progress) {
        return new StreamsListener(progress);
    }

    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler onException(RightsWatch rights) {
        return new StreamsFailures(System::nanoTime, rights, () -> Quarkus.asyncExit(1));
    }

    @Produces
    @Singleton
    DeadLetters deadLetters() {
        return deadLetters;
    }

    @Produces
    @Singleton
    Keys keys(FeedbackSettings settings) {
        try {
            return new Keys(
                    secrets("secrets", settings.secrets(), settings.secretsFile()),
                    secrets("unit-keys", settings.unitKeys(), settings.unitKeysFile()),
                    settings.secretsReload());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static Secrets secrets(String name, Optional<List<String>> given, Optional<String> file) {
        String setting = "afterlearner.feedback." + name;
        return Keys.secrets(setting, given.orElse(List.of()), setting + "-file", file.orElse(""));
    }

    void close(@Disposes Keys keys) {
        keys.close();
    }

    @Produces
    @Singleton
    Tokens tokens(Keys keys) {
        return keys.tokens();
    }

    @Produces
    @Singleton
    UnitKeys units(Keys keys) {
        return keys.units();
    }

    @Produces
    @Singleton
    UnitKeyWatch unitKeys(UnitKeys units) {
        return new UnitKeyWatch(units, System::nanoTime);
    }

    @Produces
    @Singleton
    FeedbackMetrics metrics(
            MeterRegistry registry,
            ServiceMeters meters,
            @ConfigProperty(name = StudySeries.MAX_STUDIES) int maxStudies) {
        return new FeedbackMetrics(registry, meters, maxStudies);
    }

    @Produces
    @Singleton
    ServiceMeters meters(MeterRegistry registry) {
        return new ServiceMeters(registry);
    }

    void show(
            @Observes StartupEvent start,
            ServiceMeters meters,
            FeedbackMetrics metrics,
            OnlineStudies studies,
            UnitKeyWatch unitKeys,
            Standings standings) {
        meters.kafka(studies::isCurrent);
        metrics.foreignUnitKeys(unitKeys::foreign);
        metrics.judged(standings::size);
    }

    /** Before Quarkus closes Kafka Streams. */
    void stop(@Observes @Priority(1) ShutdownEvent stop, KafkaStreams streams, FeedbackSettings settings) {
        StreamsStop.close(streams, settings.standbyReplicas());
    }

    /** After the clock is turned back, Kafka's clients of this process would hang. */
    void watchClock(@Observes StartupEvent start, ServiceMeters meters) {
        ClockWatch.start(() -> Quarkus.asyncExit(1), meters::clockJumped);
    }
}
