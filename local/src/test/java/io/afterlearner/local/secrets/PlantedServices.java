package io.afterlearner.local.secrets;

import io.afterlearner.access.AccessKey;
import io.afterlearner.access.Roles;
import io.afterlearner.access.StudyPatterns;
import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.PatternType;

/** A secured broker and the services, with planted secrets. */
final class PlantedServices implements AutoCloseable {
    /** Nothing listens there. */
    static final String NOWHERE = "http://127.0.0.1:9";

    static final String ADMIN_KEY = "alk_" + Plants.in("RestKey");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path folder;
    private final SecuredBroker broker;
    private final Map<String, String> truststore;
    private final Map<String, ServiceProcess> processes = new HashMap<>();

    PlantedServices(Path folder) throws Exception {
        this.folder = folder;
        broker = SecuredBroker.start(
                folder,
                Map.of(
                        "optimizer", Plants.in("ScramOptimizer"),
                        "evaluator", Plants.in("ScramEvaluator"),
                        "feedback", Plants.in("ScramFeedback")));
        truststore = truststore();
        ClusterSetup.create(broker.admin(), Layout.of(1, (short) 1), List.of("default"));
        grant("optimizer", ServiceRights.optimizer());
        grant("evaluator", ServiceRights.evaluator("default"));
        grant("feedback", ServiceRights.feedback());
        for (String name : List.of("optimizer", "evaluator", "feedback")) {
            processes.put(name, launch(name, Map.of()));
        }
    }

    /** A test may have replaced them by wrong ones. */
    private void writeFiles() throws IOException {
        Files.writeString(folder.resolve("token-secrets"), Plants.in("TokenSecretFile"));
        Files.writeString(folder.resolve("unit-keys"), Plants.in("UnitKeyFile"));
        Files.writeString(
                folder.resolve("keys"),
                AccessKey.of("admin", List.of(Roles.ADMIN), StudyPatterns.ALL, ADMIN_KEY)
                        .toString());
    }

    private void grant(String user, List<Right> rights) throws Exception {
        for (Right right : new HashSet<>(rights)) {
            broker.grant(
                    user,
                    right.operation(),
                    right.type(),
                    right.resource(),
                    right.prefixed() ? PatternType.PREFIXED : PatternType.LITERAL);
        }
    }

    /** Trusts the broker's certificate by a store with a password. */
    private Map<String, String> truststore() throws Exception {
        Path file = folder.resolve("trust.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var pem = Files.newInputStream(folder.resolve("broker.pem"))) {
            store.setCertificateEntry(
                    "broker", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, Plants.in("Truststore").toCharArray());
        }
        return Map.of(
                "ssl.truststore.type", "PKCS12",
                "ssl.truststore.location", file.toString(),
                "ssl.truststore.password", Plants.in("Truststore"));
    }

    /** Secrets are in the environment, as in production: a command line is visible to all users of a machine. */
    ServiceProcess launch(String name, Map<String, String> more) throws IOException {
        writeFiles();
        Map<String, String> client = new HashMap<>(broker.client(name));
        client.putAll(truststore);
        Map<String, String> environment = new HashMap<>(KafkaSettings.of(client).environment());
        environment.putAll(Map.of(
                "QUARKUS_OIDC_AUTH_SERVER_URL", NOWHERE + "/realm",
                "QUARKUS_OIDC_TOKEN_AUDIENCE", "afterlearner",
                "QUARKUS_OIDC_CREDENTIALS_SECRET", Plants.in("OidcSecret"),
                "OTEL_SDK_DISABLED", "false",
                "OTEL_TRACES_SAMPLER_ARG", "1",
                "OTEL_EXPORTER_OTLP_ENDPOINT", NOWHERE,
                "OTEL_EXPORTER_OTLP_HEADERS", "authorization=" + Plants.in("OtelHeader"),
                "AFTERLEARNER_TOKEN_SECRET", "",
                "AFTERLEARNER_UNIT_KEY", ""));
        environment.putAll(Map.of(
                "AWS_ACCESS_KEY_ID",
                "AKIAPLANTED",
                "AWS_SECRET_ACCESS_KEY",
                Plants.in("S3Key"),
                "AWS_SESSION_TOKEN",
                Plants.in("S3Session"),
                "AFTERLEARNER_S3_ENDPOINT",
                NOWHERE));
        environment.putAll(more);
        return ServiceProcess.start(
                ROOT.resolve(name + "-service"), broker.bootstrapServers(), environment, settings(name));
    }

    private String[] settings(String name) {
        Stream<String> own = switch (name) {
            case "evaluator" -> Stream.of("slots=1", "file-roots=/");
            case "feedback" ->
                Stream.of(
                        "secrets-file=" + folder.resolve("token-secrets"),
                        "unit-keys-file=" + folder.resolve("unit-keys"),
                        "secrets-reload=50ms",
                        "state-dir=" + folder.resolve("feedback-state"));
            default -> Stream.of("instance=planted");
        };
        return Stream.concat(
                        own.map(setting -> "afterlearner." + name + "." + setting),
                        Stream.of(
                                "quarkus.log.level=DEBUG",
                                "quarkus.log.category.\"org.apache.kafka\".level=DEBUG",
                                "afterlearner.http.keys-reload=50ms",
                                "afterlearner.http.keys-file=" + folder.resolve("keys")))
                .toArray(String[]::new);
    }

    Map<String, ServiceProcess> all() {
        return processes;
    }

    ServiceProcess of(String name) {
        return Objects.requireNonNull(processes.get(name), name);
    }

    Map<String, String> client(String user) {
        return broker.client(user);
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        processes.values().forEach(ServiceProcess::close);
        broker.close();
    }
}
