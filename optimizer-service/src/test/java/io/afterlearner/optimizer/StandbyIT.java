package io.afterlearner.optimizer;

import static io.afterlearner.optimizer.SampleSpecs.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.TestedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, each of which keeps the state of the other's partitions. */
class StandbyIT {
    private static final Logger ROOT = Logger.getLogger("");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int BUDGET = 20;

    @TempDir
    private Path directory;

    @Test
    void aStudyGoesOnWhereItsStandbyIsWhenItsInstanceIsKilled() throws Exception {
        ROOT.setLevel(Level.WARNING);
        try (EmbeddedKafka kafka = TestedKafka.start(directory.resolve("kafka"));
                ServiceProcess one = start(kafka, "one");
                ServiceProcess two = start(kafka, "two");
                Evaluator evaluator = new Evaluator(kafka.bootstrapServers(), "stood-by")) {
            for (ServiceProcess each : List.of(one.awaitReady(), two.awaitReady())) {
                await(() -> each.said().contains("standby-task"), "an instance without standby tasks");
            }
            assertEquals(
                    201, one.post("/v1/studies", spec("stood-by", BUDGET, 2)).statusCode());
            evaluator.answer();
            await(() -> runs(one) != runs(two), "one instance runs the study");
            ServiceProcess other = runs(one) ? two : one;
            (runs(one) ? one : two).kill();
            for (int i = 1; i < BUDGET; i++) {
                evaluator.answer();
            }
            await(() -> other.get("/v1/studies/stood-by").body().contains("FINISHED"), "the study does not end");
            Trials.assertExact(evaluator.trials(), BUDGET);
        }
    }

    private ServiceProcess start(EmbeddedKafka kafka, String instance) throws Exception {
        return ServiceProcess.start(
                Path.of(""),
                kafka.bootstrapServers(),
                Map.of("AFTERLEARNER_OPTIMIZER_STANDBY_REPLICAS", "1", "AFTERLEARNER_INSTANCE", instance),
                "afterlearner.optimizer.state-dir=" + directory.resolve(instance),
                "quarkus.log.category.\"org.apache.kafka.streams.processor.internals.StandbyTask\".level=INFO");
    }

    private static boolean runs(ServiceProcess service) throws Exception {
        return service.get("/q/metrics")
                .body()
                .lines()
                .anyMatch(line ->
                        line.startsWith("afterlearner_optimizer_studies{status=\"running\"") && line.endsWith(" 1.0"));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition, String problem) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, problem);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
