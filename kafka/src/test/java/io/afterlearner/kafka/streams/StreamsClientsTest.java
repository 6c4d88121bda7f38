package io.afterlearner.kafka.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.NeededTopics;
import io.afterlearner.kafka.rights.RightsWatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamsClientsTest {
    @Test
    void theUsersCredentialsWinAndTheApplicationsOtherSettings() {
        KafkaSettings user = KafkaSettings.of(
                Map.of("sasl.mechanism", "PLAIN", "security.protocol", "SASL_SSL", "retry.backoff.ms", "7"));
        RightsWatch rights = new RightsWatch(user, List::of);
        StreamsClients clients = new StreamsClients(user, "one", new NeededTopics(List.of()), rights, polled -> {});
        Map<String, Object> merged = clients.merged(Map.of("sasl.mechanism", "GSSAPI", "retry.backoff.ms", "5"));
        assertEquals("PLAIN", merged.get("sasl.mechanism"));
        assertEquals("SASL_SSL", merged.get("security.protocol"));
        assertEquals("5", merged.get("retry.backoff.ms"));
    }
}
