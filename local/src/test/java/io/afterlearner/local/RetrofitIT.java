package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.local.cli.Cli;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script and every process it starts, on a small study with a known result. */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RetrofitIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** Silences Kafka in this JVM. A field, because the log manager drops loggers without references. */
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private Process start(String name, String... arguments) throws IOException {
        // A process that inherits an ignored SIGINT, as under nohup, would not see Ctrl-C.
        List<String> command = new ArrayList<>(List.of(
                "env", "--default-signal=INT", ROOT.resolve("afterlearner").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", folder.resolve("home").toString()));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }

    private String said(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".out")) + Files.readString(folder.resolve(name + ".err"));
    }

    private int run(String name, String... arguments) throws IOException, InterruptedException {
        return start(name, arguments).waitFor();
    }

    /** A command that is not about the script runs in this JVM. */
    private static Cli.Output command(String... arguments) {
        Path home = folder.resolve("home");
        return new Cli(home)
                .run(Stream.concat(Stream.of(arguments), Stream.of("--home", home.toString()))
                        .toArray(String[]::new));
    }

    private static String done(String... arguments) {
        Cli.Output output = command(arguments);
        assertEquals(0, output.exit(), output.err());
        return output.out();
    }

    @BeforeAll
    static void prepare() {
        ROOT_LOGGER.setLevel(Level.WARNING);
        System.setProperty("afterlearner.root", ROOT.toString());
    }

    @Test
    @Order(1)
    void aStudyImprovesItsModel() throws IOException, InterruptedException {
        Path yaml = TinyStudy.write(folder);
        assertEquals(0, run("first", "retrofit", yaml.toString()), said("first"));
        Path out = folder.resolve("afterlearner-out/tiny");
        JsonNode result = JSON.readTree(Files.readAllBytes(out.resolve("result.json")));
        assertEquals("improved", result.get("outcome").asText());
        assertEquals(60, result.get("asked").asLong());
        assertEquals(
                60,
                result.get("told").asLong()
                        + result.get("failed").asLong()
                        + result.get("expired").asLong());
        assertTrue(result.at("/testDifference/interval/1").asDouble() < 0, result.toString());
        assertEquals(61, Files.readAllLines(out.resolve("history.csv")).size(), "a header and one row per candidate");
        for (String file : List.of("retrofitted.onnx", "retrofitted.patch", "report.html")) {
            assertTrue(Files.size(out.resolve(file)) > 0, file);
        }
        assertSameVerdict(result, JSON.readTree(done("study", "show", "tiny", "--json")));
    }

    /** @param shown by the CLI or by the optimizer's API */
    private static void assertSameVerdict(JsonNode result, JsonNode shown) {
        JsonNode verdict = shown.get("verdict");
        for (String field : List.of("outcome", "low", "high", "smallestGain", "minimumGain")) {
            assertEquals(result.get(field), verdict.get(field), field + " of " + shown);
        }
        assertEquals(result.at("/baseline/test"), verdict.get("shippedLoss"));
        assertEquals(result.at("/candidate/test"), verdict.get("candidateLoss"));
        assertEquals(result.at("/candidate/number"), verdict.get("candidate"));
    }

    private static String body(URI uri) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest get =
                HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build();
        return http.send(get, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    @Order(4)
    void aKilledLauncherLeavesNoProcessAndItsStudyCanBeResumed() throws IOException, InterruptedException {
        Path yaml = Files.writeString(
                folder.resolve("long.yaml"),
                TinyStudy.YAML.replace("name: tiny", "name: long").replace("budget: 60", "budget: 500"));
        Process launcher = start("killed", "retrofit", yaml.toString());
        while (!said("killed").contains("/500")) {
            assertTrue(launcher.isAlive(), said("killed"));
            Thread.sleep(50);
        }
        List<ProcessHandle> children = launcher.descendants().toList();
        assertTrue(children.size() >= 2, "optimizer and evaluator, not " + children);
        launcher.destroyForcibly().waitFor();
        for (ProcessHandle child : children) {
            child.onExit().orTimeout(300, TimeUnit.SECONDS).join();
        }
        assertEquals(0, run("resumed", "retrofit", yaml.toString(), "--json"), said("resumed"));
        assertTrue(said("resumed").contains("resuming study long-"), said("resumed"));
        JsonNode result = JSON.readTree(folder.resolve("resumed.out").toFile());
        assertEquals(500, result.get("asked").asLong());
        assertEquals(
                500,
                result.get("told").asLong()
                        + result.get("failed").asLong()
                        + result.get("expired").asLong());
    }

    @Test
    @Order(5)
    void killedServicesRestartAndTheStudyFinishes() throws IOException, InterruptedException {
        Path yaml = Files.writeString(
                folder.resolve("robust.yaml"),
                TinyStudy.YAML.replace("name: tiny", "name: robust").replace("budget: 60", "budget: 500"));
        Process launcher = start("robust", "retrofit", yaml.toString(), "--json");
        while (!said("robust").contains("/500")) {
            assertTrue(launcher.isAlive(), said("robust"));
            Thread.sleep(50);
        }
        launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        assertEquals(0, launcher.waitFor(), said("robust"));
        JsonNode result = JSON.readTree(folder.resolve("robust.out").toFile());
        assertEquals(500, result.get("asked").asLong());
        assertEquals(
                500,
                result.get("told").asLong()
                        + result.get("failed").asLong()
                        + result.get("expired").asLong());
    }

    @Test
    @Order(6)
    void ctrlCEndsAllProcesses() throws IOException, InterruptedException {
        Path yaml = Files.writeString(
                folder.resolve("endless.yaml"),
                TinyStudy.YAML.replace("name: tiny", "name: endless").replace("budget: 60", "budget: 100000"));
        Process launcher = start("interrupted", "retrofit", yaml.toString());
        while (!said("interrupted").contains("/100000")) {
            assertTrue(launcher.isAlive(), said("interrupted"));
            Thread.sleep(50);
        }
        List<ProcessHandle> children = launcher.descendants().toList();
        new ProcessBuilder("kill", "-INT", Long.toString(launcher.pid()))
                .start()
                .waitFor();
        assertEquals(130, launcher.waitFor());
        assertFalse(children.stream().anyMatch(ProcessHandle::isAlive), "a child is left");
    }

    /** The tests from here on use it; no other process runs between them. */
    @Test
    @Order(7)
    void aStackRunsInTheBackground() throws IOException, InterruptedException {
        String[] up = {"up", "--kafka-port", "0", "--http-port", "0", "--feedback-port", "0"};
        assertEquals(0, run("up", up), said("up"));
        assertTrue(done("study", "list", "--json").lines().count() >= 3);
        done("study", "stop", "endless");
        assertEquals(0, run("status", "status", "--json"), said("status"));
        JsonNode status = status();
        assertTrue(status.get("running").asBoolean());
        assertTrue(status.at("/services/0/ready").asBoolean(), status.toString());
        assertEquals("feedback", status.at("/services/1/name").asText(), status.toString());
        JsonNode result = JSON.readTree(
                folder.resolve("afterlearner-out/tiny/result.json").toFile());
        URI tiny = URI.create(status.get("optimizer").asText() + "/v1/studies/"
                + result.get("study").asText());
        assertSameVerdict(result, JSON.readTree(body(tiny)));
    }

    private static JsonNode status() throws IOException {
        return JSON.readTree(folder.resolve("status.out").toFile());
    }

    @Test
    @Order(8)
    void aFinishedStudyIsWrittenAgainButNotRunAgain() throws IOException {
        byte[] model = Files.readAllBytes(folder.resolve("afterlearner-out/tiny/retrofitted.onnx"));
        Path elsewhere = folder.resolve("elsewhere");
        Cli.Output again = command(
                "retrofit",
                folder.resolve("study.yaml").toString(),
                "--out",
                elsewhere.toString(),
                "--json",
                "--require",
                "worse");
        assertEquals(3, again.exit(), again.err());
        assertTrue(again.err().contains("is over already"), again.err());
        assertEquals(60, JSON.readTree(again.out()).get("asked").asLong());
        assertArrayEquals(model, Files.readAllBytes(elsewhere.resolve("retrofitted.onnx")));
    }

    @Test
    @Order(8)
    void aStudyWithoutATestSplitShowsNoImprovement() throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("untested.yaml"),
                TinyStudy.YAML
                        .replace("name: tiny", "name: untested")
                        .replace("  test: test.npz\n", "")
                        .replace("budget: 60", "budget: 12"));
        Path out = folder.resolve("untested");
        Cli.Output untested =
                command("retrofit", yaml.toString(), "--out", out.toString(), "--json", "--require", "improved");
        assertEquals(3, untested.exit(), untested.err());
        assertTrue(
                untested.err().contains("the outcome is inconclusive, and --require asks for improved"),
                untested.err());
        JsonNode result = JSON.readTree(untested.out());
        assertEquals("inconclusive", result.get("outcome").asText());
        assertEquals(
                "the study has no test split (data.test)", result.get("reason").asText());
    }

    @Test
    @Order(8)
    void aStudyIsDeletedOnlyIfTheUserSaysSo() {
        Cli.Output asked = command("study", "delete", "endless");
        assertEquals(2, asked.exit(), asked.err());
        assertTrue(asked.err().contains("there is no terminal to ask on; add --yes to delete endless"), asked.err());
        done("study", "show", "endless");
        assertTrue(done("study", "delete", "endless", "--yes").startsWith("endless"));
        Cli.Output gone = command("study", "delete", "endless", "--yes");
        assertEquals(2, gone.exit(), gone.err());
        assertTrue(gone.err().contains("there is no study endless"), gone.err());
        assertTrue(Files.exists(folder.resolve("afterlearner-out/tiny/result.json")), "results stay");
    }

    @Test
    @Order(9)
    void downStopsTheStack() throws IOException, InterruptedException {
        assertEquals(0, run("down", "down"), said("down"));
        assertFalse(ProcessHandle.of(status().get("process").asLong())
                .map(ProcessHandle::isAlive)
                .orElse(false));
    }

    /** If a test failed before. */
    @AfterAll
    static void down() {
        command("down");
    }
}
