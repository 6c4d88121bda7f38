package io.afterlearner.local;

import io.afterlearner.access.AccessKey;
import io.afterlearner.access.Roles;
import io.afterlearner.access.StudyPatterns;
import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.local.secrets.Plants;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A secured broker with a user for each service, and what launcher and services are given to use it. All secrets of people and
 * applications are planted.
 */
final class SecuredStack implements AutoCloseable {
    static final String REST_KEY = "alk_" + Plants.in("RestKey");
    /** Nothing listens there. */
    static final String NOWHERE = "127.0.0.1:9";

    /** Environment of every command. */
    static final Map<String, String> SECRETS = Map.of(
            "AFTERLEARNER_KEY", REST_KEY,
            "AFTERLEARNER_TOKEN_SECRET", Plants.in("TokenSecret"),
            "AFTERLEARNER_UNIT_KEY", Plants.in("UnitKey"),
            "AWS_ACCESS_KEY_ID", "AKIAPLANTED",
            "AWS_SECRET_ACCESS_KEY", Plants.in("S3Key"),
            "AWS_SESSION_TOKEN", Plants.in("S3Session"),
            "AFTERLEARNER_S3_ENDPOINT", "http://" + NOWHERE);

    private static final String SCRAM = Plants.in("Scram");
    /** With what a service's configuration would take for a reference. */
    private static final String PASSWORD = SCRAM + "$$a${b}c";

    /** The user of each service, by its module. */
    private static final Map<String, String> SERVICES = Map.of(
            "optimizer", "afterlearner-optimizer",
            "evaluator", "afterlearner-evaluator-default",
            "feedback", "afterlearner-feedback");

    private static final String OPERATOR = "afterlearner-operator";
    private static final String ADMIN = "afterlearner-admin";
    private static final String APPLICATION = "afterlearner-application";

    private final Path folder;
    private final SecuredBroker broker;
    /** Files for {@code --kafka-config}. */
    private final Path right;

    private final Path wrong;
    private final Path admin;

    SecuredStack(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Map<String, String> passwords =
                new TreeMap<>(Map.of(OPERATOR, PASSWORD, ADMIN, "a-secret", APPLICATION, "c-secret"));
        SERVICES.forEach((service, user) -> passwords.put(user, service + "-secret"));
        broker = SecuredBroker.start(folder, passwords);
        Properties client = new Properties();
        client.putAll(broker.client(OPERATOR));
        right = write("right.properties", client);
        client.setProperty(
                "sasl.jaas.config", client.getProperty("sasl.jaas.config").replace(PASSWORD, SCRAM));
        wrong = write("wrong.properties", client);
        client.putAll(broker.client(ADMIN));
        admin = write("admin.properties", client);
    }

    private Path write(String name, Properties settings) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        return file;
    }

    /** Environment of the services: by its JVM options, each has its own user instead of the launcher's. */
    Map<String, String> services() throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (var each : SERVICES.entrySet()) {
            Properties own = new Properties();
            own.setProperty("config_ordinal", "500");
            own.setProperty(
                    "kafka.sasl.jaas.config", broker.client(each.getValue()).get("sasl.jaas.config"));
            environment.put(
                    "AFTERLEARNER_" + each.getKey().toUpperCase(Locale.ROOT) + "_OPTS",
                    "-Dquarkus.config.locations=" + write(each.getKey() + ".properties", own));
        }
        AccessKey key = AccessKey.of("admin", List.of(Roles.ADMIN), StudyPatterns.ALL, REST_KEY);
        environment.put(
                "AFTERLEARNER_HTTP_KEYS_FILE",
                Files.writeString(folder.resolve("keys"), key.toString()).toString());
        return environment;
    }

    SecuredBroker broker() {
        return broker;
    }

    /** Of the person at the command line. */
    Path right() {
        return right;
    }

    /** With a wrong password. */
    Path wrong() {
        return wrong;
    }

    /** Of whoever creates topics. */
    Path admin() {
        return admin;
    }

    Map<String, String> application() {
        return broker.client(APPLICATION);
    }

    @Override
    public void close() {
        broker.close();
    }
}
