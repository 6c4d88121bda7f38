package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.Certificate;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.Security;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.stack.Exchange;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and all services on a broker whose only listener for clients is SASL_SSL with SCRAM-SHA-512. */
@Timeout(900)
class SecuredKafkaIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    /** Nothing else contains it. */
    private static final String SECRET = "wz7Qk3pT";
    /** With what a service's configuration would take for a reference. */
    private static final String PASSWORD = SECRET + "$$a${b}c";

    private static final String BUDGET = "24";

    @TempDir
    static Path folder;

    private static Path right;
    private static Path wrong;
    private static EmbeddedKafka broker;

    private final Set<String> commandLines = new TreeSet<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Certificate certificate = Certificate.create(folder);
        Security security = new Security(
                certificate.keystore(), "change-it", Map.of(Security.BROKER, "b-secret", "alice", PASSWORD));
        broker = EmbeddedKafka.start(folder.resolve("broker"), 0, security);
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", broker.bootstrapServers());
        client.setProperty("security.protocol", "SASL_SSL");
        client.setProperty("sasl.mechanism", "SCRAM-SHA-512");
        client.setProperty("ssl.truststore.type", "PEM");
        client.setProperty("ssl.truststore.location", certificate.pem().toString());
        client.setProperty("sasl.jaas.config", security.jaas("alice"));
        right = write("right.properties", client);
        client.setProperty("sasl.jaas.config", security.jaas("alice").replace(PASSWORD, SECRET));
        wrong = write("wrong.properties", client);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @AfterEach
    void down() throws IOException, InterruptedException {
        run(Map.of(), "down");
    }

    private static Path write(String name, Properties settings) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        return file;
    }

    private record Output(int exit, String out, String err) {}

    /** Runs the launcher, notes each command line of it and its descendants, and checks that nothing tells the secret. */
    private Output run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("afterlearner").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", folder.resolve("home").toString()));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process launcher = builder.start();
        do {
            noteCommandLines(launcher.toHandle());
        } while (!launcher.waitFor(50, TimeUnit.MILLISECONDS));
        Output output = new Output(launcher.exitValue(), Files.readString(out).strip(), Files.readString(err));
        assertFalse((output.out() + output.err()).contains(SECRET), "the secret is in the output");
        return output;
    }

    private void noteCommandLines(ProcessHandle process) throws IOException {
        for (ProcessHandle each :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            try {
                commandLines.add(Files.readString(Path.of("/proc", Long.toString(each.pid()), "cmdline")));
            } catch (NoSuchFileException e) {
                // It has ended.
            }
        }
    }

    /** What a command with the right password says. */
    private String done(String... arguments) throws IOException, InterruptedException {
        Output output = run(Map.of(), with(right, arguments));
        assertEquals(0, output.exit(), output.err());
        return output.out();
    }

    private static String[] with(Path config, String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--kafka-config", config.toString()))
                .toArray(String[]::new);
    }

    private static JsonNode send(HttpRequest.Builder request, int status) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = Exchange.send(request.build(), REQUEST_TIMEOUT);
        assertEquals(status, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return JSON.readTree(answer.body());
    }

    private static JsonNode post(String url, String body, int status) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                status);
    }

    @Test
    void bothKindsOfStudiesRunAndNothingTellsThePassword() throws IOException, InterruptedException {
        done("topics", "create", "--partitions", "1");
        done("up", "--http-port", "0", "--feedback-port", "0", "--slots", "2");
        retrofitsTheDepthExample();
        servesAnOnlineStudy();

        assertTrue(commandLines.stream().anyMatch(line -> line.contains("feedback-service")), commandLines.toString());
        assertFalse(commandLines.toString().contains(SECRET), "the secret is in a command line");
        List<String> files = homeFiles();
        for (String log : List.of("stack.log", "optimizer.log", "evaluator-1.log", "feedback.log")) {
            assertTrue(files.contains("logs/" + log), files.toString());
        }
    }

    private void retrofitsTheDepthExample() throws IOException, InterruptedException {
        Path example = ROOT.resolve("examples/depth");
        Path copy = Files.createDirectory(folder.resolve("depth"));
        for (String file : List.of("depth.onnx", "search.npz", "test.npz")) {
            Files.copy(example.resolve(file), copy.resolve(file));
        }
        String study = Files.readString(example.resolve("study.yaml"));
        Path yaml = Files.writeString(copy.resolve("study.yaml"), study.replace("budget: 300", "budget: " + BUDGET));
        JsonNode result = JSON.readTree(done("retrofit", yaml.toString(), "--json"));
        assertEquals(BUDGET, result.get("asked").asText(), result.toString());
        assertEquals(BUDGET, result.get("told").asText(), result.toString());
    }

    private void servesAnOnlineStudy() throws IOException, InterruptedException {
        TinyStudy.write(folder);
        Files.writeString(folder.resolve("online.yaml"), TinyStudy.CLICKED);
        String study = done("study", "create", "online.yaml");
        JsonNode champion = champion(study);
        assertEquals(0, champion.get("champion").asLong(), champion.toString());

        String feedback = JSON.readTree(run(Map.of(), "status", "--json").out())
                .get("feedback")
                .asText();
        String url = feedback + "/v1/studies/" + study;
        String token = post(url + "/assignments", "{\"unit\":\"ann\"}", 200)
                .get("token")
                .asText();
        post(
                feedback + "/v1/feedback",
                "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}",
                202);
        JsonNode standing;
        do {
            Thread.sleep(100);
            standing = send(HttpRequest.newBuilder(URI.create(url + "/standing")), 200);
        } while (standing.get("explored").asLong()
                        + standing.at("/champion/exposures").asLong()
                        + standing.at("/control/exposures").asLong()
                == 0);
        assertTrue(done("study", "audit", study).contains("begin"));
    }

    /** The champion, once the study serves one. The settings come from the environment. */
    private JsonNode champion(String study) throws IOException, InterruptedException {
        Properties settings = new Properties();
        try (var in = Files.newInputStream(right)) {
            settings.load(in);
        }
        Map<String, String> environment = KafkaSettings.of(settings).environment();
        Output output = run(environment, "study", "champion", study, "--json");
        while (output.exit() != 0) {
            output = run(environment, "study", "champion", study, "--json");
        }
        return JSON.readTree(output.out());
    }

    /** The files of the home, none of which has the secret in it. */
    private static List<String> homeFiles() throws IOException {
        Path home = folder.resolve("home");
        try (Stream<Path> all = Files.walk(home)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains(SECRET), "the secret is in " + file);
            }
            return files.stream().map(file -> home.relativize(file).toString()).toList();
        }
    }

    @Test
    @Timeout(900)
    void aWrongPasswordIsNamedInOneLine() throws IOException, InterruptedException {
        TinyStudy.write(folder);
        for (String[] command :
                new String[][] {{"retrofit", "study.yaml"}, {"study", "list"}, {"up", "--http-port", "0"}}) {
            Output output = run(Map.of(), with(wrong, command));
            assertEquals(1, output.exit(), output.err());
            List<String> lines = output.err()
                    .lines()
                    .filter(line -> !line.contains(", starting …"))
                    .toList();
            assertEquals(1, lines.size(), output.err());
            assertTrue(lines.get(0).contains("invalid credentials"), output.err());
        }
        homeFiles();
    }
}
