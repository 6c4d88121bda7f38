package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;

/** A failure of Kafka says why, and not only what failed. */
class KafkaReasonTest {
    @Test
    void theCausesAreNamedEachOnceOnOneLine() {
        KafkaException cause = new KafkaException("Failed to load\nthe keystore", new IllegalStateException());
        assertEquals(
                "Failed to create a client: Failed to load the keystore: IllegalStateException",
                KafkaReason.of(new KafkaException("Failed to create a client", new KafkaException(cause))));
        ExecutionException carrier = new ExecutionException(new SaslAuthenticationException("wrong password"));
        assertEquals("wrong password", KafkaReason.of(carrier));
        assertEquals(
                "topics cannot be listed: wrong password",
                KafkaReason.of(new IllegalStateException("topics cannot be listed: wrong password", carrier)));
        assertEquals("NullPointerException", KafkaReason.of(new NullPointerException()));
    }

    @Test
    void aTimeoutOfJavaAddsNoNameOfItsClass() {
        assertEquals(
                "Kafka did not list its topics within 10 s",
                KafkaReason.of(
                        new KafkaException("Kafka did not list its topics within 10 s", new TimeoutException())));
        assertEquals("Kafka did not answer in time", KafkaReason.of(new TimeoutException()));
    }

    @Test
    void settingsAreCheckedWithoutKafka() {
        assertNull(KafkaReason.refusal(with(Map.of())));
        String keystore = Objects.requireNonNull(KafkaReason.refusal(
                with(Map.of("security.protocol", "SSL", "ssl.truststore.location", "/nowhere.jks"))));
        assertTrue(keystore.contains("/nowhere.jks"), keystore);
        for (String wrong : new String[] {"request.timeout.ms", "retries", "max.poll.records"}) {
            String refusal = Objects.requireNonNull(KafkaReason.refusal(with(Map.of(wrong, "x"))));
            assertTrue(refusal.contains(wrong), refusal);
        }
    }

    private static KafkaSettings with(Map<String, String> settings) {
        return KafkaSettings.of(settings).with("bootstrap.servers", "127.0.0.1:1");
    }
}
