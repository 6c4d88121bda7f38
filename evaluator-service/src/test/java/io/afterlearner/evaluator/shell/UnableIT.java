package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluator.scoring.Artifacts;
import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.StudySpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An evaluator that cannot keep downloads, as on a full disk: its folder is a file until the test removes it. */
class UnableIT {
    private static final String POOL = EvaluatorBus.pool("unable", Mode.SHARE);

    @TempDir
    Path directory;

    private EvaluatorBus evaluators;
    private HttpServer server;
    private Path blocked;

    @BeforeEach
    void start() throws Exception {
        evaluators = new EvaluatorBus(directory, List.of("unable"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] file = Files.readAllBytes(
                    directory.resolve(exchange.getRequestURI().getPath().substring(1)));
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        server.start();
        blocked = Files.createFile(directory.resolve("blocked"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        evaluators.close();
    }

    private EvaluatorSettings settings() {
        EvaluatorSettings usual = evaluators.settings(Mode.SHARE, "full", POOL, 2);
        return new EvaluatorSettings(
                usual.kafka(),
                usual.id(),
                usual.digest(),
                usual.pool(),
                usual.mode(),
                usual.slots(),
                usual.specWait(),
                usual.sessions(),
                new Artifacts.Settings(
                        List.of(), List.of(), S3Settings.DEFAULT, blocked, 64 << 20, Duration.ofSeconds(5)),
                usual.spans());
    }

    private Artifact served(Artifact file) {
        String name = Path.of(URI.create(file.getUri())).getFileName().toString();
        String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
        return new Artifact(uri, file.getSha256());
    }

    private StudySpec served() throws Exception {
        StudySpec local = TinyStudy.in(directory, POOL);
        return StudySpec.newBuilder(local)
                .setModel(served(local.getModel()))
                .setSearch(served(local.getSearch()))
                .build();
    }

    /** A candidate may be released once per slot; the fifth delivery would fail it. */
    @Test
    void itReleasesCandidatesUntilItCanKeepThem() throws Exception {
        evaluators.bus.study(served());
        try (Evaluators full = TestedEvaluators.start(settings())) {
            EvaluatorBus.until(full::isReady);
            evaluators.bus.ask(POOL, POOL, 0, 600_000, 2.0);
            EvaluatorBus.until(() -> full.problem() != null);
            assertTrue(full.problem().contains("cannot be kept in " + blocked), full.problem());
            assertTrue(full.problem().endsWith("free space, or set afterlearner.evaluator.work-dir"), full.problem());
            assertFalse(full.isReady());
            assertEquals(0, full.counters().failed.sum());

            Files.delete(blocked);
            List<Fitness> fitness = evaluators.bus.fitness(POOL, 1);
            assertInstanceOf(Measured.class, fitness.get(0).getOutcome());
            EvaluatorBus.until(full::isReady);
            assertEquals(0, full.counters().failed.sum());
            long released = full.counters().released.sum();
            assertTrue(released >= 1 && released <= 2, "released " + released + " times");
        }
    }
}
