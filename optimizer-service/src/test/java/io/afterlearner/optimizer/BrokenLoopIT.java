package io.afterlearner.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures from which the loop cannot recover by itself. */
class BrokenLoopIT {
    private static final Logger ROOT = Logger.getLogger("");

    @Test
    void aFailedLoopExitsSoThatTheSupervisorRestartsIt(@TempDir Path directory) throws Exception {
        ROOT.setLevel(Level.WARNING);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
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
