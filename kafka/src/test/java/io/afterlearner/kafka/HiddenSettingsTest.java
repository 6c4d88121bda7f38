package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenSettingsTest {
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule ";

    private static KafkaSettings kafka(String name, String value) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "bootstrap.servers", "127.0.0.1:9",
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", SCRAM + "required username=\"ann\" password=\"pLant3d\";"));
        settings.put(name, value);
        return KafkaSettings.of(settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "sasl.jaas.config | SCRAM required username=\"ann\" password=\"pLant3d\"",
                "sasl.jaas.config | SCRAM required username=\"ann\" password \"pLant3d\";",
                "sasl.jaas.config | SCRAM required username=\"ann\" pLant3d;",
                "sasl.jaas.config | SCRAM username=\"ann\" password=\"pLant3d\";",
                "sasl.jaas.config | SCRAM pLant3d username=\"ann\";",
                "sasl.jaas.config | pLant3d required username=\"ann\";",
                "sasl.jaas.config | pLant3d",
                "sasl.jaas.config | pLant3d;",
                "sasl.jaas.config | SCRAM required username=\"ann\" password=\"pLant3d",
                "sasl.jaas.config | SCRAM required username=\"ann\" password=\"p\"; pLant3d",
                "sasl.oauthbearer.token.endpoint.url | https://ann:pLant3d@login.example/token",
                "bootstrap.servers | ann:pLant3d@127.0.0.1:9092",
                "bootstrap.servers | 127.0.0.1:9092,https://ann:pLant3d@kafka.example"
            })
    void aSettingThatKafkaWouldShowIsRefusedWithoutIt(String name, String value) {
        KafkaSettings kafka = kafka(name, value.replace("SCRAM ", SCRAM));
        String refusal = KafkaReason.refusal(kafka);
        assertNotNull(refusal, value);
        assertTrue(refusal.contains(name), refusal);
        assertFalse((kafka + refusal).contains("pLant3d"), kafka + refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl.keystore.key | pLant3d",
                "ssl.truststore.certificates | pLant3d",
                "ssl.key.password | pLant3d",
                "sasl.oauthbearer.client.credentials.client.secret | pLant3d"
            })
    void whatKafkaSaysOfOtherSecretsDoesNotShowThem(String name, String value) {
        KafkaSettings kafka = kafka(name, value);
        assertFalse((kafka + String.valueOf(KafkaReason.refusal(kafka))).contains("pLant3d"), name);
    }

    @Test
    void settingsThatAreFinePass() {
        assertNull(KafkaReason.refusal(kafka("client.rack", "a")));
        assertNull(KafkaReason.refusal(
                kafka("sasl.jaas.config", SCRAM + "required username='ann' password=\"a@b:c/d;\" tokenauth=true;")));
    }
}
