package io.afterlearner.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** A broker whose clients prove by certificates who they are. The user of a certificate is {@code CN=name}. */
public final class MutualTlsBroker implements AutoCloseable {
    private static final String NAME = "broker";

    private final EmbeddedKafka broker;
    private final Authority authority;
    private final Admin admin;

    private MutualTlsBroker(EmbeddedKafka broker, Authority authority, Path keystore) {
        this.broker = broker;
        this.authority = authority;
        this.admin = Admin.create(new HashMap<>(client(keystore)));
    }

    public static MutualTlsBroker start(Path folder, Authority authority) throws IOException, InterruptedException {
        Path keystore = authority.issue(NAME);
        Security security = new Security(keystore, Keytool.PASSWORD, Map.of(Security.BROKER, "unused"));
        EmbeddedKafka broker =
                EmbeddedKafka.start(folder.resolve("broker"), 0, security, settings -> secure(settings, authority));
        return new MutualTlsBroker(broker, authority, keystore);
    }

    private static void secure(Properties settings, Authority authority) {
        for (String name : new String[] {"listeners", "advertised.listeners"}) {
            settings.setProperty(name, settings.getProperty(name).replace("SASL_SSL:", "SSL:"));
        }
        settings.setProperty("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,SSL:SSL");
        settings.setProperty("inter.broker.listener.name", "SSL");
        settings.setProperty("ssl.client.auth", "required");
        settings.setProperty("ssl.truststore.type", "PEM");
        settings.setProperty("ssl.truststore.location", authority.pem().toString());
        settings.remove("ssl.truststore.password");
        settings.keySet().removeIf(name -> name.toString().contains("sasl"));
        SecuredBroker.authorize(settings, "User:CN=" + NAME);
    }

    /** The settings of a client with that keystore. */
    public Map<String, String> client(Path keystore) {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                keystore.toString(),
                "ssl.keystore.password",
                Keytool.PASSWORD,
                "ssl.key.password",
                Keytool.PASSWORD,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority.pem().toString());
    }

    /** May do everything. */
    public Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
