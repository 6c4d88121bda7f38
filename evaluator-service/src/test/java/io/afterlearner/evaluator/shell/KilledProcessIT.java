package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged evaluator as a process of its own, killed without warning. */
class KilledProcessIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    @TempDir
    Path directory;

    @Test
    @Timeout(900)
    void candidatesOfAKilledEvaluatorAreScoredByAnotherOnce() throws Exception {
        StudySpec spec = TinyStudy.spec(
                "killed",
                TinyStudy.artifact(TinyStudy.slowModel(directory.resolve("slow.onnx"), 12)),
                TinyStudy.artifact(TinyStudy.data(directory.resolve("slow.npz"))));
        try (Bus bus = new Bus(directory.resolve("broker"), List.of("default"))) {
            bus.study(spec);
            int port = freePort();
            Process victim = start(bus, "victim", port);
            try {
                // Asked only now: on a busy machine both would be scored before the metrics can be read.
                until(() -> metrics(port).contains("evaluator_slots_busy 0.0"));
                for (int number = 0; number < 2; number++) {
                    bus.ask("default", "killed", number, 100_000, 0.0);
                }
                until(() -> metrics(port).contains("evaluator_slots_busy 1.0"));
            } finally {
                victim.destroyForcibly().waitFor();
            }
            Process other = start(bus, "other", freePort());
            try {
                List<Fitness> told = bus.fitness("killed", 2);
                assertEquals(2, told.stream().map(Fitness::getNumber).distinct().count());
                assertTrue(told.stream()
                        .anyMatch(f -> f.getProvenance().getEvaluator().equals("other")));
                told.forEach(f ->
                        assertEquals(64, f.getProvenance().getEvaluatorDigest().length()));
                // Told to stop, it does.
                other.destroy();
                assertTrue(other.waitFor(20, TimeUnit.SECONDS));
            } finally {
                other.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(Bus bus, String id, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString());
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", bus.servers());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("AFTERLEARNER_EVALUATOR_ID", id);
        builder.environment().put("AFTERLEARNER_EVALUATOR_SLOTS", "1");
        builder.environment().put("AFTERLEARNER_EVALUATOR_FILE_ROOTS", directory.toString());
        builder.environment().put("AFTERLEARNER_EVALUATOR_LOCK_DURATION", "2s");
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve(id + ".log").toFile())
                .start();
    }

    private static String metrics(int port) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/metrics"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "not there yet: " + e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
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
