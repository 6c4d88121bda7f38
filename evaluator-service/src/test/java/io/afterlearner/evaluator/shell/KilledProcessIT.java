package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.Verdicts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged evaluator as a process of its own, killed without warning. */
class KilledProcessIT {
    @TempDir
    Path directory;

    @Test
    @Timeout(900)
    void candidatesAndVerdictsOfAKilledEvaluatorAreScoredByAnother() throws Exception {
        StudySpec spec = StudySpec.newBuilder(TinyStudy.spec(
                        "killed",
                        TinyStudy.artifact(TinyStudy.slowModel(directory.resolve("slow.onnx"), 12)),
                        TinyStudy.artifact(TinyStudy.data(directory.resolve("slow.npz")))))
                .setTest(TinyStudy.artifact(TinyStudy.data(directory.resolve("test.npz"), 7)))
                .build();
        try (Bus bus = new Bus(directory.resolve("broker"), List.of("default"))) {
            bus.study(spec);
            ServiceProcess victim = start(bus, "victim");
            try {
                // Asked only now: on a busy machine both would be scored before the metrics can be read.
                until(() -> metrics(victim).contains(busy("candidates", 0)));
                for (int number = 0; number < 2; number++) {
                    bus.ask("default", "killed", number, 100_000, 0.0);
                }
                until(() -> metrics(victim).contains(busy("candidates", 1)));
            } finally {
                victim.kill();
            }
            ServiceProcess other = start(bus, "other");
            try {
                List<Fitness> told = bus.fitness("killed", 2);
                assertEquals(2, told.stream().map(Fitness::getNumber).distinct().count());
                assertTrue(told.stream()
                        .anyMatch(f -> f.getProvenance().getEvaluator().equals("other")));
                told.forEach(f ->
                        assertEquals(64, f.getProvenance().getEvaluatorDigest().length()));
                bus.askForVerdict("default", spec, 1, 0.0);
                until(() -> metrics(other).contains(busy("verdicts", 1)));
            } finally {
                other.kill();
            }
            try (ServiceProcess third = start(bus, "third")) {
                VerdictAnswer verdict = bus.verdicts("killed", 1).get(0);
                assertEquals("third", verdict.getProvenance().getEvaluator());
                assertTrue(Verdicts.isScored(verdict), verdict.toString());
                // Told to stop, it does.
                third.terminate();
                third.awaitExit();
            }
        }
    }

    private ServiceProcess start(Bus bus, String id) throws IOException {
        return ServiceProcess.start(
                bus.servers(),
                "afterlearner.evaluator.id=" + id,
                "afterlearner.evaluator.slots=1",
                "afterlearner.evaluator.file-roots=" + directory);
    }

    private static String busy(String queue, int slots) {
        return "evaluator_busy_slots{pool=\"default\",queue=\"" + queue + "\"} " + slots + ".0";
    }

    private static String metrics(ServiceProcess service) throws InterruptedException {
        try {
            return service.get("/q/metrics").body();
        } catch (IOException e) {
            return "not there yet: " + e;
        }
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private static void until(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + Bus.PATIENCE.toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "it did not happen within " + Bus.PATIENCE);
            Thread.sleep(20);
        }
    }
}
