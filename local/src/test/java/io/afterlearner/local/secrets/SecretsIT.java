package io.afterlearner.local.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The services with secrets planted in every setting that has one, while they work and while things fail. Logs at DEBUG, answers,
 * every endpoint below /q, all records of all topics, and files are searched for them. SecuredKafkaIT searches what the command
 * line and its processes say.
 */
@Timeout(600)
class SecretsIT {
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    /** Failing starts in each build; all with {@code -Pthorough}. */
    private static final int SAMPLE = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Silences the broker in this JVM. Referenced here, because the log manager may drop it. */
    private static final Logger LOG = Logger.getLogger("");

    @TempDir
    private static Path folder;

    private static PlantedServices services;

    @BeforeAll
    static void start() throws Exception {
        LOG.setLevel(Level.WARNING);
        services = new PlantedServices(folder);
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    @Test
    void nothingThatIsSaidAtAFailingStartHasASecret() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        List<FailingStart> starts = new ArrayList<>(FailingStart.all(folder));
        Collections.shuffle(starts, new Random(seed));
        Plants plants = new Plants();
        for (FailingStart each : THOROUGH ? starts : starts.subList(0, SAMPLE)) {
            plants.search(each.service() + " with " + each.environment().keySet(), said(each));
        }
        plants.assertNothingFound();
    }

    /** All that it says, once it has said what is wrong. */
    private static String said(FailingStart start) throws Exception {
        ServiceProcess process = services.launch(start.service(), start.environment());
        try {
            boolean isAlive = true;
            while (!process.said().contains(start.said())) {
                assertTrue(isAlive, process.said());
                isAlive = process.isAlive();
                Thread.sleep(50);
            }
        } finally {
            process.close();
        }
        return process.said();
    }

    private static HttpResponse<String> request(String service, String method, String path, String body)
            throws Exception {
        return services.of(service).request(method, path, body, "Authorization: Bearer " + PlantedServices.ADMIN_KEY);
    }

    private static StudySpec spec(String name, String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), yaml);
        return StudySpec.newBuilder(
                        new Resolver(StudyFile.read(file.toString(), file, folder.resolve("downloads"))).spec())
                .setStudy(name)
                .build();
    }

    @Test
    void nothingThatIsWrittenHasASecret() throws Exception {
        Plants plants = new Plants();
        for (ServiceProcess each : services.all().values()) {
            each.awaitReady();
        }
        TinyStudy.write(folder);
        StudySpec fine = spec("fine", TinyStudy.YAML.replace("budget: 60", "budget: 4"));
        plants.search(
                "created",
                request("optimizer", "POST", "/v1/studies", fine.toString()).body());
        String failing = spec("failing", TinyStudy.YAML).toString();
        plants.search(
                "created",
                request("optimizer", "POST", "/v1/studies", withModel(failing, "s3://bucket/model.onnx"))
                        .body());
        String withPassword = "http://user:" + Plants.in("UrlPassword") + "@127.0.0.1:9/model.onnx";
        HttpResponse<String> refused = request("optimizer", "POST", "/v1/studies", withModel(failing, withPassword));
        assertEquals(400, refused.statusCode(), refused.body());
        plants.search("refused", refused.body());
        awaitStatus("fine", "FINISHED");
        online(plants);
        rotateWrongly();
        while (!services.of("evaluator").said().contains("127.0.0.1:9")) {
            Thread.sleep(50);
        }
        endpoints(plants);
        records(plants);
        services.all().values().forEach(ServiceProcess::close);
        for (Map.Entry<String, ServiceProcess> each : services.all().entrySet()) {
            plants.search("log of " + each.getKey(), each.getValue().said());
            assertTrue(each.getValue().said().contains(" DEBUG "), "the log is not at DEBUG");
        }
        plants.search(folder.resolve("feedback-state"));
        plants.search(Path.of("target/service-tmp", services.bootstrapServers().replace(':', '-')));
        System.out.println(plants.searched().size() + " things searched");
        plants.assertNothingFound();
    }

    private static String withModel(String spec, String uri) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(spec);
        ((ObjectNode) json.get("model")).put("uri", uri);
        return json.toString();
    }

    private static void awaitStatus(String study, String status) throws Exception {
        while (!request("optimizer", "GET", "/v1/studies/" + study, "").body().contains("\"" + status + "\"")) {
            Thread.sleep(50);
        }
    }

    private static void online(Plants plants) throws Exception {
        StudySpec online = spec("online", TinyStudy.CLICKED);
        plants.search(
                "created",
                request("optimizer", "POST", "/v1/studies", online.toString()).body());
        HttpResponse<String> assigned;
        do {
            assigned = request("feedback", "POST", "/v1/studies/online/assignments", "{\"unit\":\"ann\"}");
            Thread.sleep(20);
        } while (assigned.statusCode() != 200);
        plants.search("assigned", assigned.body());
        for (String token : List.of("nonsense", Plants.in("Token"))) {
            // An application may send anything in a token's place, but nothing repeats it.
            plants.search(
                    "reported",
                    request(
                                    "feedback",
                                    "POST",
                                    "/v1/feedback",
                                    "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1}")
                            .body());
        }
        plants.search(
                "unauthenticated",
                services.of("feedback")
                        .request(
                                "GET", "/v1/studies/online/arms", "", "Authorization: Bearer alk_" + Plants.in("Wrong"))
                        .body());
        plants.search(
                "unauthenticated",
                services.of("optimizer")
                        .request("GET", "/v1/studies", "", "Authorization: Bearer " + jwt())
                        .body());
    }

    /** Looks like a token of the OIDC provider, which is away. */
    private static String jwt() {
        return "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ." + Plants.in("Signature");
    }

    /** Files are replaced by such as have secrets in the wrong places. */
    private static void rotateWrongly() throws Exception {
        Files.writeString(folder.resolve("token-secrets"), "pLant3dShort");
        Files.writeString(folder.resolve("unit-keys"), Plants.in("UnitKeyFile") + "\npLant3dShort");
        List<String> lines = List.of(
                "ann operator * " + PlantedServices.ADMIN_KEY,
                "ann " + PlantedServices.ADMIN_KEY + " * sha256:" + "0".repeat(64),
                "ann operator " + PlantedServices.ADMIN_KEY + "* sha256:" + "0".repeat(64),
                PlantedServices.ADMIN_KEY);
        for (int i = 0; i < lines.size(); i++) {
            Files.writeString(folder.resolve("keys"), "#\n".repeat(i) + lines.get(i));
            while (!services.of("optimizer").said().contains("keys line " + (i + 1) + ": ")) {
                Thread.sleep(20);
            }
        }
        while (!services.of("feedback").said().contains("can be guessed")) {
            Thread.sleep(20);
        }
    }

    private static void endpoints(Plants plants) throws Exception {
        for (String name : services.all().keySet()) {
            for (String path : List.of(
                    "/q/metrics",
                    "/q/openapi",
                    "/q/health",
                    "/q/health/live",
                    "/q/health/ready",
                    "/q/health/started",
                    "/q/health/well",
                    "/q/info",
                    "/q/",
                    "/v1/studies",
                    "/v1/studies/failing",
                    "/v1/studies/fine/spec",
                    "/v1/studies/online/arms",
                    "/v1/studies/online/standing")) {
                HttpResponse<String> answer = request(name, "GET", path, "");
                plants.search(name + " " + path, answer.headers().map() + answer.body());
            }
        }
    }

    /** All records of all topics, with their keys and headers, also of aborted transactions. */
    private static void records(Plants plants) throws Exception {
        Map<String, Object> settings = new HashMap<>(services.client("broker"));
        try (KafkaConsumer<byte[], byte[]> reader =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = reader.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(part -> new TopicPartition(part.topic(), part.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> each : reader.poll(Duration.ofMillis(100))) {
                    plants.search("topic " + each.topic(), text(each.key()) + text(each.value()));
                    each.headers().forEach(header -> plants.search("topic " + each.topic(), text(header.value())));
                }
            }
        }
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
