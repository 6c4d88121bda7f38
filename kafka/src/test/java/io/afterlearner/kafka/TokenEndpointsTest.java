package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenEndpointsTest {
    private static final String URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final KafkaSettings OAUTH =
            KafkaSettings.of(Map.of("sasl.oauthbearer.token.endpoint.url", "https://idp/token"));

    @BeforeEach
    @AfterEach
    void clear() {
        System.clearProperty(URLS);
    }

    @Test
    void theEndpointOfTheSettingsIsAllowedUnlessTheUserLimitsThem() {
        TokenEndpoints.allow(KafkaSettings.of(Map.of("bootstrap.servers", "b:1")));
        assertNull(System.getProperty(URLS));
        TokenEndpoints.allow(OAUTH);
        assertEquals("https://idp/token", System.getProperty(URLS));
        System.setProperty(URLS, "https://other/token");
        TokenEndpoints.allow(OAUTH);
        assertEquals("https://other/token", System.getProperty(URLS));
    }
}
