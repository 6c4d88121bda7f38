package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.client.AfterLearner;
import io.afterlearner.client.Keys;
import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.WatchedLauncher.Output;
import io.afterlearner.local.stack.Exchange;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher and all services on a broker whose only listener for clients is SASL_SSL with SCRAM-SHA-512. Each has a user with
 * exactly the rights that {@code topics acls} prints.
 */
@Timeout(900)
class SecuredKafkaIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    /** Nothing else contains it. */
    private static final String SECRET = "wz7Qk3pT";
    /** With what a service's configuration would take for a reference. */
    private static final String PASSWORD = SECRET + "$$a${b}c";

    private static final String BUDGET = "24";

    /** The user of each service, by its module. */
    private static final Map<String, String> SERVICES = Map.of(
            "optimizer", "afterlearner-optimizer",
            "evaluator", "afterlearner-evaluator-default",
            "feedback", "afterlearner-feedback");

    private static final String OPERATOR = "afterlearner-operator";
    private static final String ADMIN = "afterlearner-admin";
    private static final String APPLICATION = "afterlearner-application";

    @TempDir
    static Path folder;

    private static Path right;
    private static Path wrong;
    private static Path admin;
    private static SecuredBroker broker;
    /** JVM options by variable. Each service has its own user instead of the launcher's. */
    private static final Map<String, String> SERVICE_OPTIONS = new TreeMap<>();

    private final WatchedLauncher launcher = new WatchedLauncher(folder);

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Map<String, String> passwords =
                new TreeMap<>(Map.of(OPERATOR, PASSWORD, ADMIN, "a-secret", APPLICATION, "c-secret"));
        SERVICES.forEach((service, user) -> passwords.put(user, service + "-secret"));
        broker = SecuredBroker.start(folder, passwords);
        SERVICE_OPTIONS.put("AFTERLEARNER_OPTS", "-XX:TieredStopAtLevel=1");
        Properties client = new Properties();
        client.putAll(broker.client(OPERATOR));
        right = write("right.properties", client);
        client.setProperty(
                "sasl.jaas.config", client.getProperty("sasl.jaas.config").replace(PASSWORD, SECRET));
        wrong = write("wrong.properties", client);
        client.putAll(broker.client(ADMIN));
        admin = write("admin.properties", client);
        for (var each : SERVICES.entrySet()) {
            Properties own = new Properties();
            own.setProperty("config_ordinal", "500");
            own.setProperty(
                    "kafka.sasl.jaas.config", broker.client(each.getValue()).get("sasl.jaas.config"));
            SERVICE_OPTIONS.put(
                    "AFTERLEARNER_" + each.getKey().toUpperCase(Locale.ROOT) + "_OPTS",
                    "-Dquarkus.config.locations=" + write(each.getKey() + ".properties", own));
        }
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

    private Output run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Output output = launcher.run(environment, arguments);
        assertFalse((output.out() + output.err()).contains(SECRET), "the secret is in the output");
        return output;
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

    private static HttpResponse<byte[]> answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        return Exchange.send(request.build(), REQUEST_TIMEOUT);
    }

    private static JsonNode send(HttpRequest.Builder request, int status) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = answer(request);
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
    void bothKindsOfStudiesRunWithThePrintedRightsAndNothingTellsThePassword() throws Exception {
        Output acls = run(Map.of(), "topics", "acls", "--json");
        assertEquals(0, acls.exit(), acls.err());
        PrintedRights.of(acls.out()).grant(broker);
        Output created = run(Map.of(), with(admin, "topics", "create", "--partitions", "1"));
        assertEquals(0, created.exit(), created.err());
        Output up = run(SERVICE_OPTIONS, with(right, "up", "--http-port", "0", "--feedback-port", "0", "--slots", "2"));
        assertEquals(0, up.exit(), up.err());
        retrofitsTheDepthExample();
        servesAnOnlineStudy();

        Set<String> commandLines = launcher.commandLines();
        assertTrue(commandLines.stream().anyMatch(line -> line.contains("feedback-service")), commandLines.toString());
        assertFalse(commandLines.toString().contains(SECRET), "the secret is in a command line");
        List<String> files = homeFiles();
        for (String log : List.of("stack.log", "optimizer.log", "evaluator-1.log", "feedback.log")) {
            assertTrue(files.contains("logs/" + log), files.toString());
            assertFalse(
                    Files.readString(folder.resolve("home/logs").resolve(log)).contains("Kafka: the right to"), log);
        }
    }

    private void retrofitsTheDepthExample() throws IOException, InterruptedException {
        Path example = WatchedLauncher.ROOT.resolve("examples/depth");
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
        String feedback = JSON.readTree(run(Map.of(), "status", "--json").out())
                .get("feedback")
                .asText();
        String url = feedback + "/v1/studies/" + study;
        while (answer(HttpRequest.newBuilder(URI.create(url + "/champion"))).statusCode() != 200) {
            Thread.sleep(50);
        }
        JsonNode champion = champion(study);
        assertEquals(0, champion.get("champion").asLong(), champion.toString());
        String token = post(url + "/assignments", "{\"unit\":\"ann\"}", 200)
                .get("token")
                .asText();
        post(
                feedback + "/v1/feedback",
                "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}",
                202);
        anApplicationAssigns(study, "ben");
        while (exposures(send(HttpRequest.newBuilder(URI.create(url + "/standing")), 200)) < 2) {
            Thread.sleep(100);
        }
        assertTrue(done("study", "audit", study).contains("begin"));
        done("study", "revert", study);
    }

    private static long exposures(JsonNode standing) {
        return standing.get("explored").asLong()
                + standing.at("/champion/exposures").asLong()
                + standing.at("/control/exposures").asLong();
    }

    /** An application of the user with the printed rights of the client library. */
    private static void anApplicationAssigns(String study, String unit) throws InterruptedException {
        Path home = folder.resolve("home");
        try (Keys keys = Keys.ofFiles(home.resolve("token-secret"), home.resolve("unit-key"));
                AfterLearner client =
                        AfterLearner.connect(study, new double[] {0.25}, broker.client(APPLICATION), keys)) {
            while (!client.isConnected()) {
                Thread.sleep(20);
            }
            client.report(client.token(client.assign(unit)), "click", 1);
            assertEquals(List.of(), client.missingRights());
            assertEquals(0, client.dropped());
        }
    }

    /** The champion of a study that serves one. The settings come from the environment. */
    private JsonNode champion(String study) throws IOException, InterruptedException {
        Properties settings = new Properties();
        try (var in = Files.newInputStream(right)) {
            settings.load(in);
        }
        Map<String, String> environment = KafkaSettings.of(settings).environment();
        Output output = run(environment, "study", "champion", study, "--json");
        assertEquals(0, output.exit(), output.err());
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
