package io.afterlearner.local.fuzz;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, one process of each packaged service, and what is sent to them. */
final class FuzzedServices implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String POOL = "default";

    enum Service {
        OPTIMIZER,
        FEEDBACK,
        EVALUATOR
    }

    private final EmbeddedKafka kafka;
    private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);
    private final KafkaProducer<byte[], byte[]> producer;
    private final Findings findings = new Findings();

    FuzzedServices(Path folder) throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        createTopics();
        start(
                Service.OPTIMIZER,
                "-Xmx512m",
                "afterlearner.optimizer.instance=fuzz",
                "afterlearner.optimizer.state-dir=" + folder.resolve("attempts"));
        start(
                Service.EVALUATOR,
                "-XX:MaxRAMPercentage=40",
                "afterlearner.evaluator.slots=2",
                "afterlearner.evaluator.file-roots=/",
                // Candidates of unknown studies occupy a slot for so long.
                "afterlearner.evaluator.spec-wait=20ms");
        start(
                Service.FEEDBACK,
                "-Xmx512m",
                "afterlearner.feedback.instance=fuzz",
                "afterlearner.feedback.state-dir=" + folder.resolve("state"));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "linger.ms", 0, "max.request.size", 8 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void awaitReady() throws IOException, InterruptedException {
        for (ServiceProcess process : processes.values()) {
            process.awaitReady();
        }
    }

    private void start(Service service, String... settings) throws IOException {
        String name = service.name().toLowerCase(Locale.ROOT) + "-service";
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = "-XX:+ExitOnOutOfMemoryError";
        processes.put(service, ServiceProcess.start(ROOT.resolve(name), bootstrapServers(), all));
    }

    /** Some clusters accept records of the far future; this one does. */
    private void createTopics() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            ClusterSetup.create(admin, Layout.of(1, (short) 1), List.of(POOL));
            admin.createTopics(List.of(new NewTopic(RecordInputs.TELEMETRY, 1, (short) 1)))
                    .all()
                    .get();
            ConfigEntry anyTime = new ConfigEntry("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
            admin.incrementalAlterConfigs(admin.listTopics().names().get().stream()
                            .collect(Collectors.toMap(
                                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                    topic -> List.of(new AlterConfigOp(anyTime, AlterConfigOp.OpType.SET)))))
                    .all()
                    .get();
        }
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    int kafkaPort() {
        return kafka.port();
    }

    int port(Service service) throws IOException {
        return http(service).port();
    }

    ServiceProcess http(Service service) {
        return processes.get(service);
    }

    KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    Findings findings() {
        return findings;
    }

    /** A service that is no longer there, with the end of its log. */
    Optional<String> exited() throws IOException {
        for (Map.Entry<Service, ServiceProcess> each : processes.entrySet()) {
            if (!each.getValue().isAlive()) {
                String said = each.getValue().said();
                return Optional.of(
                        each.getKey() + " has exited; it said:\n" + said.substring(Math.max(0, said.length() - 4_000)));
            }
        }
        return Optional.empty();
    }

    /** Stops a study and deletes it. */
    void delete(String study) throws IOException, InterruptedException {
        String path = "/v1/studies/"
                + URLEncoder.encode(study, StandardCharsets.UTF_8).replace("+", "%20");
        ServiceProcess optimizer = http(Service.OPTIMIZER);
        optimizer.post(path + "/commands", "{\"action\":\"STOP\"}");
        long end = System.nanoTime() + PATIENCE_NANOS;
        HttpResponse<String> answer = optimizer.delete(path);
        while (answer.statusCode() == 409 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
            answer = optimizer.delete(path);
        }
        if (answer.statusCode() != 202 && answer.statusCode() != 404) {
            findings.add("study " + study + " cannot be deleted: " + answer.body());
        }
    }

    @Override
    public void close() {
        producer.close();
        processes.values().forEach(ServiceProcess::close);
        kafka.close();
    }
}
