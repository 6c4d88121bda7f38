package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.client.AfterLearner;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.Keys;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.Launcher.Output;
import io.afterlearner.local.secrets.Plants;
import io.afterlearner.local.stack.Exchange;
import io.afterlearner.schemas.Arm;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher and all services on a broker whose only listener for clients is SASL_SSL with SCRAM-SHA-512, with keys for REST. Each
 * has a user with exactly the rights that {@code topics acls} prints. What they say and write, and their command lines, are
 * searched for all secrets.
 */
@Timeout(900)
class SecuredKafkaIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    /** A topic of the application. */
    private static final String CLICKS = "web.clicks";

    private static final String BUDGET = "24";

    @TempDir
    static Path folder;

    private static SecuredStack stack;

    private final WatchedLauncher launcher = new WatchedLauncher(folder);
    private final Plants plants = new Plants();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        stack = new SecuredStack(folder);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @AfterEach
    void down() throws IOException, InterruptedException {
        run(Map.of(), "down");
    }

    private Output run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>(SecuredStack.SECRETS);
        all.putAll(environment);
        Output output = launcher.run(all, arguments);
        plants.search(List.of(arguments).toString(), output.out() + output.err());
        return output;
    }

    /** What a command with the right password says. */
    private String done(String... arguments) throws IOException, InterruptedException {
        Output output = run(Map.of(), with(stack.right(), arguments));
        assertEquals(0, output.exit(), output.err());
        return output.out();
    }

    private static String[] with(Path config, String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--kafka-config", config.toString()))
                .toArray(String[]::new);
    }

    private static HttpResponse<byte[]> answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        return Exchange.send(
                request.header("Authorization", "Bearer " + SecuredStack.REST_KEY)
                        .build(),
                REQUEST_TIMEOUT);
    }

    private static byte[] send(HttpRequest.Builder request, int status) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = answer(request);
        assertEquals(status, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return answer.body();
    }

    private static JsonNode post(String url, String body, int status) throws IOException, InterruptedException {
        return JSON.readTree(send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                status));
    }

    private static byte[] get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)), 200);
    }

    @Test
    void bothKindsOfStudiesRunWithThePrintedRightsAndNothingTellsASecret() throws Exception {
        Output acls = run(Map.of(), "topics", "acls", "--telemetry", CLICKS, "--json");
        assertEquals(0, acls.exit(), acls.err());
        PrintedRights.of(acls.out()).grant(stack.broker());
        Output created = run(Map.of(), with(stack.admin(), "topics", "create", "--partitions", "1"));
        assertEquals(0, created.exit(), created.err());
        stack.broker()
                .admin()
                .createTopics(List.of(new NewTopic(CLICKS, 1, (short) 1)))
                .all()
                .get();
        Output up = run(
                stack.services(),
                with(stack.right(), "up", "--http-port", "0", "--feedback-port", "0", "--slots", "2"));
        assertEquals(0, up.exit(), up.err());
        retrofitsTheDepthExample();
        servesAnOnlineStudy();
        refusesAddressesWithPasswords();

        Set<String> commandLines = launcher.commandLines();
        assertTrue(commandLines.stream().anyMatch(line -> line.contains("feedback-service")), commandLines.toString());
        plants.search("a command line", commandLines.toString());
        for (String log : List.of("stack.log", "optimizer.log", "evaluator-1.log", "feedback.log")) {
            assertFalse(
                    Files.readString(folder.resolve("home/logs").resolve(log)).contains("Kafka: the right to"), log);
        }
        searchFiles("home", "depth", "afterlearner-out", "exported");
        for (String result : List.of("result.json", "report.html", "history.csv", "retrofitted.patch")) {
            assertTrue(
                    plants.searched()
                            .contains(folder.resolve("exported/" + result).toString()),
                    result);
        }
        plants.assertNothingFound();
    }

    private void searchFiles(String... folders) throws IOException {
        for (String each : folders) {
            plants.search(folder.resolve(each));
        }
    }

    /** What cannot be downloaded is named without the password in its address, and without the keys of S3. */
    private void refusesAddressesWithPasswords() throws IOException, InterruptedException {
        String login = "http://ann:" + Plants.in("UrlLogin") + "@" + SecuredStack.NOWHERE + "/tiny.onnx";
        for (String uri : List.of(login, "s3://bucket/tiny.onnx", "http://" + SecuredStack.NOWHERE + "/tiny.onnx")) {
            Files.writeString(folder.resolve("away.yaml"), TinyStudy.YAML.replace("tiny.onnx", uri));
            Output output = run(Map.of(), with(stack.right(), "retrofit", "away.yaml"));
            assertEquals(2, output.exit(), output.err());
            assertTrue(output.err().contains("model"), output.err());
        }
    }

    private void retrofitsTheDepthExample() throws IOException, InterruptedException {
        Path example = Launcher.ROOT.resolve("examples/depth");
        Path copy = Files.createDirectory(folder.resolve("depth"));
        for (String file : List.of("depth.onnx", "search.npz", "test.npz")) {
            Files.copy(example.resolve(file), copy.resolve(file));
        }
        String study = Files.readString(example.resolve("study.yaml"));
        Path yaml = Files.writeString(copy.resolve("study.yaml"), study.replace("budget: 300", "budget: " + BUDGET));
        JsonNode result = JSON.readTree(done("retrofit", yaml.toString(), "--json"));
        assertEquals(BUDGET, result.get("asked").asText(), result.toString());
        assertEquals(BUDGET, result.get("told").asText(), result.toString());
        done("study", "export", "depth", "--to", "exported");
    }

    private void servesAnOnlineStudy() throws Exception {
        TinyStudy.write(folder);
        Files.writeString(
                folder.resolve("online.yaml"), TinyStudy.CLICKED.replace("window: 3s", """
                window: 3s
                  telemetry:
                    - {topic: %s, format: json, metric: click, token: ctx.token, value: clicked, timestamp: ts}\
                """.formatted(CLICKS)));
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
        JsonNode assigned = post(url + "/assignments", "{\"unit\":\"ann\"}", 200);
        // A unit of an empty slot does not count.
        for (int i = 0; assigned.get("arm").asText().equals(Arm.UNCOUNTED.name()); i++) {
            assigned = post(url + "/assignments", "{\"unit\":\"ann-" + i + "\"}", 200);
        }
        String token = assigned.get("token").asText();
        post(
                feedback + "/v1/feedback",
                "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}",
                202);
        anApplicationAssigns(study, "ben");
        aTopicOfTheApplicationIsRead(feedback, study, token);
        while (Standing.exposures(JSON.readTree(get(url + "/standing"))) < 2) {
            Thread.sleep(100);
        }
        assertTrue(done("study", "audit", study).contains("begin"));
        done("study", "revert", study);
    }

    private static void aTopicOfTheApplicationIsRead(String feedback, String study, String token) throws Exception {
        String click =
                "{\"ctx\":{\"token\":\"" + token + "\"},\"clicked\":1,\"ts\":" + System.currentTimeMillis() + "}";
        try (var production = KafkaSettings.of(stack.broker().client("broker")).newProducer(Map.of())) {
            production
                    .send(new ProducerRecord<>(CLICKS, study, click.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        while (!new String(get(feedback + "/q/metrics"), StandardCharsets.UTF_8)
                .lines()
                .anyMatch(line -> line.startsWith("afterlearner_feedback_telemetry_reports_total{")
                        && line.contains("\"" + study + "\"")
                        && line.endsWith(" 1.0"))) {
            Thread.sleep(100);
        }
    }

    /** An application of the user with the printed rights of the client library. */
    private static void anApplicationAssigns(String study, String unit) throws InterruptedException {
        try (Keys keys = Keys.of(SecuredStack.SECRETS);
                AfterLearner client = AfterLearner.connect(study, new double[] {0.25}, stack.application(), keys)) {
            while (!client.isConnected()) {
                Thread.sleep(20);
            }
            Assignment assigned = client.assign(unit);
            for (int i = 0; assigned.arm() == Arm.UNCOUNTED; i++) {
                assigned = client.assign(unit + "-" + i);
            }
            client.report(client.token(assigned), "click", 1);
            assertEquals(List.of(), client.missingRights());
            assertEquals(0, client.dropped());
        }
    }

    /** The champion of a study that serves one. The settings come from the environment. */
    private JsonNode champion(String study) throws IOException, InterruptedException {
        Properties settings = new Properties();
        try (var in = Files.newInputStream(stack.right())) {
            settings.load(in);
        }
        Map<String, String> environment = KafkaSettings.of(settings).environment();
        Output output = run(environment, "study", "champion", study, "--json");
        assertEquals(0, output.exit(), output.err());
        return JSON.readTree(output.out());
    }

    @Test
    @Timeout(900)
    void aWrongPasswordIsNamedInOneLine() throws IOException, InterruptedException {
        TinyStudy.write(folder);
        for (String[] command :
                new String[][] {{"retrofit", "study.yaml"}, {"study", "list"}, {"up", "--http-port", "0"}}) {
            Output output = run(Map.of(), with(stack.wrong(), command));
            assertEquals(1, output.exit(), output.err());
            List<String> lines = output.err()
                    .lines()
                    .filter(line -> !line.contains(", starting …"))
                    .toList();
            assertEquals(1, lines.size(), output.err());
            assertTrue(lines.get(0).contains("invalid credentials"), output.err());
        }
        searchFiles("home");
        plants.assertNothingFound();
    }
}
