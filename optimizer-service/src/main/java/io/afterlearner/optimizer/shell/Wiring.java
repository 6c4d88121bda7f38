package io.afterlearner.optimizer.shell;

import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What Quarkus starts Kafka Streams with. */
@ApplicationScoped
class Wiring {
    private static final Logger LOG = Logger.getLogger(Wiring.class);

    @Produces
    @Singleton
    Topology topology(MeterRegistry registry, Backlog backlog) {
        return OptimizerTopology.build(new Tallies(registry), backlog);
    }

    @Produces
    @Singleton
    Backlog backlog() {
        return new Backlog();
    }

    @Produces
    @Singleton
    KafkaClientSupplier clients(OptimizerSettings settings, Backlog backlog) {
        return new StableClients(settings.instance(), backlog);
    }

    /** What Streams cannot mend by itself ends the process, and whoever supervises it starts it again. */
    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler onException() {
        return failure -> {
            LOG.error("the loop failed; the service stops, to be started again", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        };
    }

    @Produces
    @Singleton
    KafkaStreams.StateListener onState() {
        return (now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                Quarkus.asyncExit(1);
            }
        };
    }

    /** Before Kafka Streams looks for its topics. */
    void createTopics(
            @Observes @Priority(1) StartupEvent start,
            OptimizerSettings settings,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers)
            throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Topics.create(admin, settings.partitions(), settings.replication(), settings.pools());
        }
    }
}
