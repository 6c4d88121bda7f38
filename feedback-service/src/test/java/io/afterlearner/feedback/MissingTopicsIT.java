package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is started before its topics exist. */
class MissingTopicsIT {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Pattern RESTORED =
            Pattern.compile("\"name\": \"state is restored\",\\s*\"status\": \"([A-Z]+)\"");

    @Test
    void theServiceWaitsAndStartsAgainForAnotherNumberOfPartitions(@TempDir Path directory) throws Exception {
        ROOT.setLevel(Level.WARNING);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0)) {
            try (ServiceProcess service = start(kafka, directory)) {
                String health = health(service);
                assertTrue(health.contains("Kafka has no topics afterlearner.arms, afterlearner.audit,"), health);
                assertTrue(health.contains("; run ./afterlearner topics create, or grant"), health);
                assertFalse(isRestored(health), health);
                assertTrue(service.isAlive(), "it exits instead of waiting");
                ClusterSetup.create(
                        KafkaSettings.of(Map.of("bootstrap.servers", kafka.bootstrapServers())),
                        Layout.of(2, (short) 1),
                        List.of());
                assertEquals(1, service.awaitExit());
                assertTrue(service.said().contains("another number of partitions than 4"), service.said());
            }
            try (ServiceProcess again = start(kafka, directory)) {
                again.awaitReady();
                String ready = health(again);
                assertTrue(isRestored(ready), ready);
            }
        }
    }

    /** Whether the readiness check says that partitions are assigned and their state is restored. */
    private static boolean isRestored(String health) {
        Matcher check = RESTORED.matcher(health);
        assertTrue(check.find(), health);
        return check.group(1).equals("UP");
    }

    private static ServiceProcess start(EmbeddedKafka kafka, Path directory) throws Exception {
        return ServiceProcess.start(
                kafka.bootstrapServers(),
                "afterlearner.feedback.instance=one",
                "afterlearner.feedback.state-dir=" + directory.resolve("one"));
    }

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
}
