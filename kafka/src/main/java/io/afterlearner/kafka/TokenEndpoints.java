package io.afterlearner.kafka;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Lets Kafka's clients use the OAuth endpoints and files that the settings name. Kafka uses only those that a system property
 * lists, because in some of its services strangers write the settings. Here, whoever starts the process does.
 */
public final class TokenEndpoints {
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String ALLOWED_FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";
    private static final List<String> URLS =
            List.of("sasl.oauthbearer.token.endpoint.url", "sasl.oauthbearer.jwks.endpoint.url");
    private static final List<String> FILES = List.of(
            "sasl.oauthbearer.assertion.file",
            "sasl.oauthbearer.assertion.private.key.file",
            "sasl.oauthbearer.assertion.template.file");

    private TokenEndpoints() {}

    /** Sets the system properties, unless the user set them. Call it before the first client is made, and not in a library. */
    public static KafkaSettings allow(KafkaSettings kafka) {
        allow(ALLOWED_URLS, kafka, URLS);
        allow(ALLOWED_FILES, kafka, FILES);
        return kafka;
    }

    private static void allow(String property, KafkaSettings kafka, List<String> names) {
        String wanted = names.stream()
                .map(kafka::get)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(","));
        if (System.getProperty(property) == null && !wanted.isEmpty()) {
            System.setProperty(property, wanted);
        }
    }
}
