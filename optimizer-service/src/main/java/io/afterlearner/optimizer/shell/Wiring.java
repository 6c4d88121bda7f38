package io.afterlearner.optimizer.shell;

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
import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.afterlearner.optimizer.shell.pools.KnownStudies;
import io.afterlearner.schemas.cluster.Right;
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
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The beans with which Quarkus starts Kafka Streams. */
@ApplicationScoped
class Wiring {
    private static final String SERVICE = "optimizer";

    private DeadLetters deadLetters = new DeadLetters(SERVICE);

    @Produces
    @Singleton
    KafkaSettings kafka(Config config) {
        return TokenEndpoints.allow(KafkaSettings.from(
                config.getPropertyNames(),
                name -> config.getOptionalValue(name, String.class).orElse(null)));
    }

    @Produces
    @Singleton
    RightsWatch rights(KafkaSettings kafka, MeterRegistry registry, OptimizerSettings settings) {
        List<Right> optional = settings.poolLagInterval().isZero() ? List.of() : ServiceRights.poolLag();
        RightsWatch rights = new RightsWatch(kafka, ServiceRights::optimizer).optional(() -> optional);
        RightsGauge.show(registry, rights);
        return rights;
    }

    void stopWatching(@Disposes RightsWatch rights) {
        rights.close();
    }

    @Produces
    @Singleton
    Topology topology(
            LoopMetrics metrics,
            Backlog backlog,
            HeapBudget heap,
            OpenTelemetry telemetry,
            @ConfigProperty(name = Spans.OFF) boolean tracesOff) {
        return OptimizerTopology.build(
                metrics, backlog, context -> System.nanoTime(), deadLetters, heap, Spans.of(telemetry, tracesOff));
    }

    @Produces
    @Singleton
    LoopMetrics metrics(
            MeterRegistry registry,
            ServiceMeters meters,
            HeapBudget heap,
            @ConfigProperty(name = StudySeries.MAX_STUDIES) int maxStudies) {
        LoopMetrics metrics = new LoopMetrics(registry, meters, maxStudies);
        metrics.memory(heap::takenBytes, heap::limitBytes);
        return metrics;
    }

    @Produces
    @Singleton
    ServiceMeters meters(MeterRegistry registry) {
        return new ServiceMeters(registry);
    }

    @Produces
    @Singleton
    HeapBudget heap() {
        return HeapBudget.ofProcess();
    }

    @Produces
    @Singleton
    NeededTopics topics() {
        return NeededTopics.of(ServiceRights.optimizer());
    }

    @Produces
    @Singleton
    KafkaClientSupplier clients(
            KafkaSettings kafka, OptimizerSettings settings, NeededTopics topics, RightsWatch rights, Backlog backlog) {
        return new StreamsClients(kafka, settings.instance(), topics, rights, backlog::add);
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

    /** Before Kafka Streams starts, which waits for missing topics. */
    void checkKafka(@Observes @Priority(1) StartupEvent start, KafkaSettings kafka, NeededTopics topics)
            throws InterruptedException {
        SafeLog.install(InitialConfigurator.DELAYED_HANDLER.getHandlers());
        try (Admin admin = kafka.newAdmin()) {
            if (topics.missing(admin).isEmpty()) {
                deadLetters = DeadLetters.fitting(admin, SERVICE);
            }
        } catch (KafkaException e) {
            throw unusable(kafka, e);
        }
    }

    void watchRights(@Observes @Priority(2) StartupEvent start, RightsWatch rights) {
        rights.start();
    }

    /** Before Quarkus closes Kafka Streams. */
    void stop(@Observes @Priority(1) ShutdownEvent stop, KafkaStreams streams, OptimizerSettings settings) {
        StreamsStop.close(streams, settings.standbyReplicas());
    }

    /** After the clock is turned back, Kafka's clients of this process would hang. */
    void watchClock(@Observes StartupEvent start, ServiceMeters meters) {
        ClockWatch.start(() -> Quarkus.asyncExit(1), meters::clockJumped);
    }

    void watchKafka(@Observes StartupEvent start, ServiceMeters meters, KnownStudies studies) {
        meters.kafka(studies::isCurrent);
    }

    /** Quarkus prints only the message of this exception, and ends the process. */
    private static ConfigurationException unusable(KafkaSettings kafka, RuntimeException e) {
        return new ConfigurationException(kafka + " cannot be used: " + KafkaReason.of(e)
                + "; check kafka.bootstrap.servers and the security settings under kafka.*");
    }
}
