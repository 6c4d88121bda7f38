package io.afterlearner.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Makes a broker's only listener for clients SASL_SSL with SCRAM-SHA-512.
 *
 * <p>A client sets {@code security.protocol=SASL_SSL}, {@code sasl.mechanism=SCRAM-SHA-512}, {@link #jaas} as
 * {@code sasl.jaas.config}, and a truststore with the broker's certificate.
 *
 * @param keystore PKCS #12, with the broker's key and a certificate for 127.0.0.1
 * @param keystorePassword of the store and its key
 * @param users passwords by user, without commas, fixed when the directory is formatted; one must be {@link #BROKER}
 */
public record Security(Path keystore, String keystorePassword, Map<String, String> users) {
    /** The user that the broker itself is, for its own requests. */
    public static final String BROKER = "broker";

    /** @throws IllegalArgumentException for a name or password that Kafka's tool would cut, and show the rest; without it */
    public Security {
        users.forEach((user, password) -> {
            if (user.contains(",") || password.contains(",")) {
                throw new IllegalArgumentException(
                        "a user's name or password has a comma, at which Kafka's storage tool cuts it; use another");
            }
        });
    }

    /** What a client of that user sets as {@code sasl.jaas.config}. */
    public String jaas(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + users.get(user) + "\";";
    }

    void secure(Properties p, int brokerPort, int controllerPort) {
        p.setProperty("listeners", "SASL_SSL://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.setProperty("advertised.listeners", "SASL_SSL://127.0.0.1:" + brokerPort);
        p.setProperty("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL");
        p.setProperty("inter.broker.listener.name", "SASL_SSL");
        p.setProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        p.setProperty("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        p.setProperty("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", jaas(BROKER));
        for (String store : new String[] {"ssl.keystore", "ssl.truststore"}) {
            p.setProperty(store + ".location", keystore.toString());
            p.setProperty(store + ".type", "PKCS12");
            p.setProperty(store + ".password", keystorePassword);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Security[keystore=" + keystore + ", users=" + users.keySet() + "]";
    }
}
