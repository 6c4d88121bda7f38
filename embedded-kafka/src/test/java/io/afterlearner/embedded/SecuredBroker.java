package io.afterlearner.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker whose only listener for clients is SASL_SSL, and on which a user may do only what was granted.
 *
 * <pre>{@code
 * try (SecuredBroker broker = SecuredBroker.start(folder, "optimizer", "evaluator")) {
 *     broker.grant("optimizer", AclOperation.READ, ResourceType.TOPIC, "afterlearner.studies", PatternType.LITERAL);
 *     KafkaSettings.of(broker.client("optimizer"));
 * }
 * }</pre>
 */
public final class SecuredBroker implements AutoCloseable {
    private final EmbeddedKafka broker;
    private final Security security;
    private final Certificate certificate;
    private final Admin admin;

    private SecuredBroker(EmbeddedKafka broker, Security security, Certificate certificate) {
        this.broker = broker;
        this.security = security;
        this.certificate = certificate;
        this.admin = Admin.create(new HashMap<>(client(Security.BROKER)));
    }

    /** Starts a broker with these users, which have no rights. */
    public static SecuredBroker start(Path folder, String... users) throws IOException, InterruptedException {
        return start(folder, settings -> {}, users);
    }

    /** Starts a broker with these users and their passwords. */
    public static SecuredBroker start(Path folder, Map<String, String> passwords)
            throws IOException, InterruptedException {
        return start(folder, settings -> {}, passwords);
    }

    /** @param more changes the broker's settings last */
    public static SecuredBroker start(Path folder, Consumer<Properties> more, String... users)
            throws IOException, InterruptedException {
        return start(folder, more, Stream.of(users).collect(Collectors.toMap(user -> user, user -> user + "-secret")));
    }

    private static SecuredBroker start(Path folder, Consumer<Properties> more, Map<String, String> users)
            throws IOException, InterruptedException {
        Certificate certificate = Certificate.create(folder);
        Map<String, String> passwords = new HashMap<>(users);
        passwords.put(Security.BROKER, Security.BROKER + "-secret");
        Security security = new Security(certificate.keystore(), "change-it", passwords);
        EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("broker"), 0, security, settings -> {
            authorize(settings, "User:" + Security.BROKER);
            more.accept(settings);
        });
        return new SecuredBroker(broker, security, certificate);
    }

    /** Only the controller's listener, which is the broker's own, has anonymous users. */
    static void authorize(Properties settings, String broker) {
        settings.setProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.setProperty("super.users", broker + ";User:ANONYMOUS");
        settings.setProperty("allow.everyone.if.no.acl.found", "false");
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The settings of a client of that user. */
    public Map<String, String> client(String user) {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                security.jaas(user),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificate.pem().toString());
    }

    /** May do everything. */
    public Admin admin() {
        return admin;
    }

    public void grant(String user, AclOperation operation, ResourceType type, String name, PatternType pattern)
            throws ExecutionException, InterruptedException {
        Acls.grant(admin, user, operation, type, name, pattern);
    }

    public void revoke(String user, AclOperation operation, ResourceType type, String name, PatternType pattern)
            throws ExecutionException, InterruptedException {
        Acls.revoke(admin, user, operation, type, name, pattern);
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
