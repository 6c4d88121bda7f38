package io.afterlearner.feedback.shell.topology;

import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.FeedbackSettings;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.judging.Standings;
import io.afterlearner.kafka.ClockWatch;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.SafeLog;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.streams.StreamsClients;
import io.afterlearner.kafka.streams.StreamsFailures;
import io.afterlearner.observability.ServiceMeters;
import io.afterlearner.observability.StudySeries;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The beans with which Quarkus starts Kafka Streams. */
@ApplicationScoped
class Wiring {
    private static final String SERVICE = "feedback";

    /** Partitions of each topic keyed by study. */
    private int partitions;

    private DeadLetters deadLetters = new DeadLetters(SERVICE);

    /** Creates the topics before the followers and Kafka Streams start. */
    void createTopics(@Observes @Priority(1) StartupEvent start, FeedbackSettings settings, KafkaSettings kafka)
            throws InterruptedException {
        SafeLog.install(InitialConfigurator.DELAYED_HANDLER.getHandlers());
        try (Admin admin = kafka.newAdmin()) {
            ClusterSetup.create(admin, settings.partitions(), settings.replication(), List.of());
            var described = admin.describeTopics(List.of(Topics.STUDIES))
                    .allTopicNames()
                    .get();
            deadLetters = DeadLetters.fitting(admin, SERVICE);
            partitions = described.values().iterator().next().partitions().size();
        } catch (ExecutionException | KafkaException | IllegalStateException e) {
            throw unusable(kafka, e);
        }
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
            FeedbackMetrics metrics,
            FeedbackSettings settings) {
        return FeedbackTopology.build(
                studies, standings, tokens, metrics, deadLetters, settings.instance(), partitions);
    }

    @Produces
    @Singleton
    KafkaSettings kafka(Config config) {
        return KafkaSettings.from(
                config.getPropertyNames(),
                name -> config.getOptionalValue(name, String.class).orElse(null));
    }

    @Produces
    @Singleton
    KafkaClientSupplier clients(KafkaSettings kafka, FeedbackSettings settings) {
        return new StreamsClients(kafka, settings.instance(), polled -> {});
    }

    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler onException() {
        return new StreamsFailures(System::nanoTime, () -> Quarkus.asyncExit(1));
    }

    @Produces
    @Singleton
    DeadLetters deadLetters() {
        return deadLetters;
    }

    @Produces
    @Singleton
    Tokens tokens(FeedbackSettings settings) {
        return new Tokens(settings.secrets());
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
            Standings standings) {
        meters.kafka(studies::isCurrent);
        metrics.judged(standings::size);
    }

    /** After the clock is turned back, Kafka's clients of this process would hang. */
    void watchClock(@Observes StartupEvent start, ServiceMeters meters) {
        ClockWatch.start(() -> Quarkus.asyncExit(1), meters::clockJumped);
    }
}
