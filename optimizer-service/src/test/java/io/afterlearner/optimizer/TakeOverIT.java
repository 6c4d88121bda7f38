package io.afterlearner.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.optimizer.shell.Messages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances with a standby replica: the one that is told to stop leaves its partitions to the other. A study waits for evaluators
 * meanwhile, as with a pool that is scaled to zero.
 */
class TakeOverIT {
    private static final Logger ROOT = Logger.getLogger("");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TIMEOUT = "{\"evaluation\":{\"timeoutMillis\":100},";
    private static final int STUDIES = 6;

    @TempDir
    Path directory;

    private EmbeddedKafka kafka;

    @Test
    void anInstanceThatStopsIsReplacedAtOnce() throws Exception {
        ROOT.setLevel(Level.WARNING);
        kafka = TestedKafka.start(directory.resolve("kafka"));
        try (EmbeddedKafka broker = kafka;
                ServiceProcess first = start("first").awaitReady();
                ServiceProcess second = start("second").awaitReady()) {
            String health = second.get("/q/health/ready").body();
            assertTrue(health.contains("state is restored"), health);
            String patient = SampleSpecs.spec("late", 6, 3).replaceFirst("\\{", TIMEOUT);
            assertEquals(201, second.post("/v1/studies", patient).statusCode());
            List<Evaluator> evaluators = new ArrayList<>();
            for (int i = 0; i < STUDIES; i++) {
                String study = "moved" + i;
                assertEquals(
                        201,
                        second.post("/v1/studies", SampleSpecs.spec(study, 10, 1))
                                .statusCode());
                evaluators.add(new Evaluator(broker.bootstrapServers(), study));
                assertEquals(0, evaluators.get(i).next().getNumber());
            }
            first.terminate();
            first.awaitExit();
            for (Evaluator evaluator : evaluators) {
                evaluator.tell(0, 1);
                assertEquals(1, evaluator.next().getNumber());
                evaluator.close();
            }
            assertNoneIsLost(broker, second);
        }
    }

    /** The first evaluator of the study starts long after its timeout. */
    private static void assertNoneIsLost(EmbeddedKafka broker, ServiceProcess service) throws Exception {
        assertEquals(3, view(service).get("asked").asLong());
        try (Evaluator evaluator = new Evaluator(broker.bootstrapServers(), "late")) {
            evaluator.send(Messages.bytes(evaluator.claim(evaluator.next())));
            await(service, view -> view.get("evaluating").asLong() == 1);
            evaluator.tell(0, 1);
            for (int i = 1; i < 6; i++) {
                evaluator.tell(evaluator.next().getNumber(), 2);
            }
            await(service, view -> view.get("told").asLong() == 6);
        }
        assertEquals(0, view(service).get("expired").asLong());
        assertEquals(0, view(service).get("evaluating").asLong());
    }

    private static JsonNode view(ServiceProcess service) throws Exception {
        return JSON.readTree(service.get("/v1/studies/late").body());
    }

    private static void await(ServiceProcess service, Predicate<JsonNode> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.test(view(service))) {
            assertTrue(System.nanoTime() < end, "not within " + PATIENCE + ": " + view(service));
            Thread.sleep(20);
        }
    }

    /** The group would wait for a member that does not leave, for longer than the test. */
    private ServiceProcess start(String instance) throws Exception {
        return ServiceProcess.start(
                kafka.bootstrapServers(),
                "afterlearner.optimizer.instance=" + instance,
                "afterlearner.optimizer.standby-replicas=1",
                "kafka-streams.session.timeout.ms=600000");
    }
}
