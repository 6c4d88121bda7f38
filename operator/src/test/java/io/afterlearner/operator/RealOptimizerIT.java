package io.afterlearner.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Sender;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator understands the packaged optimizer, on a broker, and the reverse. */
@Timeout(300)
class RealOptimizerIT extends OnMockServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Silences the broker in this JVM. Referenced here, because the log manager may drop it. */
    private static final Logger ROOT = Logger.getLogger("");

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static ServiceProcess service;

    @BeforeAll
    static void startService() throws Exception {
        ROOT.setLevel(Level.WARNING);
        kafka = TestedKafka.start(directory.resolve("kafka"));
        service = ServiceProcess.start(Path.of("..", "optimizer-service"), kafka.bootstrapServers())
                .awaitReady();
    }

    @AfterAll
    static void stopService() {
        if (service != null) {
            service.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    @Override
    URI services() throws IOException {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    private static JsonNode get(String path) throws Exception {
        return JSON.readTree(service.get("/v1/studies/" + path).body());
    }

    /** As an evaluator does. */
    private static void tell(String study, double loss) throws Exception {
        long incarnation = get(study + "/spec").path("incarnation").asLong();
        Fitness fitness = new Fitness(
                study,
                0L,
                new Measured(loss, null),
                new Provenance("e", "1", null, null, "CPU", 1L, 1L, 1L),
                incarnation);
        KafkaSettings settings = KafkaSettings.of(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        try (Sender sender = new Sender(settings, "evaluator", Sender.Limits.within(Duration.ofSeconds(30)))) {
            sender.deliver(Topics.FITNESS, study, Codec.of(Fitness.class).encode(fitness));
        }
    }

    @Test
    void aStudyIsCreatedMirroredSteeredFoundAgainAndDeleted() throws Exception {
        create("");
        Observed running = await(now -> now.figures() != null && now.figures().asked() > 0);
        String id = String.valueOf(running.study());
        assertEquals("ml.depth", get(id).path("name").asText());
        assertEquals("0/20", running.figures().progress());

        tell(id, 0.5);
        Observed told = await(now -> now.figures().told() == 1);
        assertEquals(0.5, told.figures().baselineLoss());

        edit("{\"spec\":{\"suspend\":true}}");
        awaitPhase(Phase.PAUSED);
        assertEquals("PAUSED", get(id).path("status").asText());
        operator.close();
        edit("{\"spec\":{\"suspend\":false,\"optimizer\":{\"budget\":30}}}");
        operator = operator();
        operator.start();
        awaitPhase(Phase.RUNNING);
        await(now -> now.figures().budget() == 30);
        assertEquals(1, JSON.readTree(service.get("/v1/studies").body()).size());

        depth().delete();
        Waiting.until(WITHIN, () -> depth().get() == null, gone -> gone);
        assertEquals(404, service.get("/v1/studies/" + id).statusCode());
    }

    @Test
    void whatTheOptimizerRefusesIsInTheCondition() {
        create(client, yaml() + "  evaluation: {pool: nobody}\n");
        Observed refused = awaitPhase(Phase.INVALID);
        Condition accepted = refused.condition(Condition.ACCEPTED).orElseThrow();
        assertEquals("RefusedByOptimizer", accepted.reason());
        assertTrue(accepted.message().startsWith("evaluation.pool is nobody"), accepted.message());
    }
}
