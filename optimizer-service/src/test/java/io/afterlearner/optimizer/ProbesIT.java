package io.afterlearner.optimizer;

import static io.afterlearner.optimizer.SampleSpecs.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.Probes;
import io.afterlearner.kafka.cluster.SlowRestore;
import io.afterlearner.kafka.cluster.TestedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers to the kubelet of an instance that has no partition, and of one whose state takes long to restore. */
@Timeout(600)
class ProbesIT {
    private static final Logger ROOT = Logger.getLogger("");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int BUDGET = 10;
    /** Restoring takes minutes at this rate, until the limit is lifted. */
    private static final long BYTES_PER_SECOND = 50_000;

    private static final long STATE_BYTES = 200 * BYTES_PER_SECOND;
    private static final int TIMES = 30;

    @TempDir
    private Path directory;

    @Test
    void instancesWithoutAPartitionAreReadyAnswerAndTakeOver() throws Exception {
        ROOT.setLevel(Level.WARNING);
        try (EmbeddedKafka kafka = TestedKafka.start(directory.resolve("kafka"), 1);
                ServiceProcess one = start(kafka, "one").awaitReady();
                ServiceProcess two = start(kafka, "two").awaitReady();
                ServiceProcess three = start(kafka, "three").awaitReady();
                Evaluator evaluator = new Evaluator(kafka.bootstrapServers(), "moved")) {
            List<ServiceProcess> spare = new ArrayList<>(List.of(one, two, three));
            assertEquals(201, one.post("/v1/studies", spec("moved", BUDGET, 2)).statusCode());
            evaluator.answer();
            await(() -> running(spare) == 1, "exactly one runs the study");
            for (ServiceProcess each : spare) {
                assertEquals(200, each.get("/v1/studies/moved").statusCode());
            }
            ServiceProcess owner =
                    spare.stream().filter(ProbesIT::runs).findAny().orElseThrow();
            spare.remove(owner);
            owner.kill();
            await(() -> Probes.areWell(spare) && running(spare) == 1, "another instance runs the study");
            for (int i = 1; i < BUDGET; i++) {
                evaluator.answer();
            }
            await(() -> Probes.areWell(spare) && isFinished(spare.get(0), "moved"), "the study ends");
            Trials.assertExact(evaluator.trials(), BUDGET);
        }
    }

    @Test
    void whileItsStateIsRestoredAnInstanceIsAliveAndNotReady() throws Exception {
        ROOT.setLevel(Level.WARNING);
        try (EmbeddedKafka kafka = TestedKafka.start(directory.resolve("kafka"), 1);
                Evaluator evaluator = new Evaluator(kafka.bootstrapServers(), "large")) {
            try (ServiceProcess first = start(kafka, "one").awaitReady()) {
                assertEquals(
                        201, first.post("/v1/studies", spec("large", BUDGET, 2)).statusCode());
                evaluator.answer();
            }
            assertTrue(SlowRestore.grow(kafka.bootstrapServers(), STATE_BYTES) >= STATE_BYTES);
            List<ServiceProcess> started = new ArrayList<>();
            SlowRestore.during(kafka.bootstrapServers(), BYTES_PER_SECOND, () -> {
                ServiceProcess restoring = start(kafka, "one");
                started.add(restoring);
                await(() -> new Probes(restoring).isListening(), "it listens");
                new Probes(restoring).assertRestores(TIMES);
            });
            try (ServiceProcess second = started.get(0)) {
                second.awaitReady();
                for (int i = 1; i < BUDGET; i++) {
                    evaluator.answer();
                }
                await(() -> isFinished(second, "large"), "the study ends");
                Trials.assertExact(evaluator.trials(), BUDGET);
            }
        }
    }

    private static boolean isFinished(ServiceProcess service, String study) throws Exception {
        return service.get("/v1/studies/" + study).body().contains("FINISHED");
    }

    private static long running(List<ServiceProcess> services) {
        return services.stream().filter(ProbesIT::runs).count();
    }

    private static boolean runs(ServiceProcess service) {
        try {
            return service.get("/q/metrics")
                    .body()
                    .lines()
                    .anyMatch(line -> line.startsWith("afterlearner_optimizer_studies{status=\"running\"")
                            && line.endsWith(" 1.0"));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ServiceProcess start(EmbeddedKafka kafka, String instance) throws Exception {
        return ServiceProcess.start(
                kafka.bootstrapServers(),
                "afterlearner.optimizer.instance=" + instance,
                "afterlearner.optimizer.state-dir=" + directory.resolve(instance));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition, String problem) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "not within two minutes: " + problem);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
