package io.afterlearner.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.Topics;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures from which the loop cannot recover by itself. */
class BrokenLoopIT {
    private static final Logger ROOT = Logger.getLogger("");

    /** What the readiness check says, once the service answers. */
    private static String health(ServiceProcess service) throws Exception {
        while (service.isAlive()) {
            try {
                return service.get("/q/health/ready").body();
            } catch (ConnectException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new AssertionError(service.said());
    }

    @Test
    void aFailedLoopExitsAndWaitsForAMissingTopicWhenItStartsAgain(@TempDir Path directory) throws Exception {
        ROOT.setLevel(Level.WARNING);
        try (EmbeddedKafka kafka = TestedKafka.start(directory.resolve("kafka"));
                ServiceProcess service = ServiceProcess.start(kafka.bootstrapServers())) {
            service.awaitReady();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.deleteTopics(List.of(Topics.FITNESS)).all().get();
            }
            assertEquals(1, service.awaitExit());
            assertTrue(service.said().contains("the stream thread failed"), service.said());
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
                ServiceProcess again = ServiceProcess.start(kafka.bootstrapServers())) {
            String health = health(again);
            assertTrue(
                    health.contains("Kafka has no topic afterlearner.fitness, or this process may not see it;"
                            + " run ./afterlearner topics create, or grant"),
                    health);
            assertTrue(again.isAlive(), "it exits instead of waiting");
            TestedKafka.createTopics(kafka.bootstrapServers());
            again.awaitReady();
            assertEquals(
                    201,
                    again.post("/v1/studies", SampleSpecs.spec("again", 10, 1)).statusCode());
            try (Evaluator evaluator = new Evaluator(kafka.bootstrapServers(), "again")) {
                assertEquals(0, evaluator.next().getNumber());
            }
        }
    }
}
