package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required password=\"s3cret\";";
    private static final KafkaSettings SECURED = KafkaSettings.of(Map.of(
            "bootstrap.servers", "broker:9093",
            "security.protocol", "SASL_SSL",
            "sasl.jaas.config", JAAS,
            "ssl.truststore.password", "s3cret",
            "my.own.interceptor.setting", "kept"));

    @Test
    void everySettingOfTheUserReachesEveryClient() {
        for (Map<String, Object> client : List.of(
                SECURED.consumer(Map.of()),
                SECURED.producer(Map.of()),
                SECURED.shareConsumer(Map.of()),
                SECURED.admin())) {
            assertEquals("broker:9093", client.get("bootstrap.servers"));
            assertEquals("SASL_SSL", client.get("security.protocol"));
            assertEquals(new Password(JAAS), client.get("sasl.jaas.config"));
            assertEquals("kept", client.get("my.own.interceptor.setting"));
        }
    }

    @Test
    void whatCorrectnessNeedsWinsOverTheUserAndTheCaller() {
        KafkaSettings careless = KafkaSettings.of(Map.of(
                "isolation.level", "read_uncommitted",
                "enable.auto.commit", "true",
                "acks", "0",
                "enable.idempotence", "false",
                "share.acknowledgement.mode", "implicit"));
        assertEquals("read_committed", careless.consumer(Map.of()).get("isolation.level"));
        assertEquals(
                false, careless.consumer(Map.of("enable.auto.commit", true)).get("enable.auto.commit"));
        assertEquals("all", careless.producer(Map.of()).get("acks"));
        assertEquals(true, careless.producer(Map.of()).get("enable.idempotence"));
        assertEquals("explicit", careless.shareConsumer(Map.of()).get("share.acknowledgement.mode"));
    }

    @Test
    void theCallerWinsOverTheUserAndTheUserOverADefault() {
        KafkaSettings kafka = KafkaSettings.of(Map.of("linger.ms", "7", "auto.offset.reset", "latest"));
        assertEquals("7", kafka.producer(Map.of()).get("linger.ms"));
        assertEquals(1, kafka.producer(Map.of("linger.ms", 1)).get("linger.ms"));
        assertEquals("latest", kafka.consumer(Map.of()).get("auto.offset.reset"));
    }

    @Test
    void theUserCannotSetWhoAClientIs() {
        KafkaSettings kafka = KafkaSettings.of(Map.of("group.id", "theirs", "transactional.id", "theirs"));
        assertFalse(kafka.consumer(Map.of()).containsKey("group.id"));
        assertFalse(kafka.producer(Map.of()).containsKey("transactional.id"));
        assertEquals("ours", kafka.consumer(Map.of("group.id", "ours")).get("group.id"));
    }

    @Test
    void aShareConsumerGetsNothingThatItRefuses() {
        KafkaSettings kafka = KafkaSettings.of(Map.of("session.timeout.ms", "1", "interceptor.classes", "x"));
        assertEquals(
                Map.of("share.acknowledgement.mode", "explicit", "group.id", "g"),
                kafka.shareConsumer(Map.of("group.id", "g")));
    }

    @Test
    void dottedNamesWinOverVariablesAndOtherVariablesAreNoSettings() {
        Map<String, String> all = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "variable:9092",
                "KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
                "KAFKA_SERVICE_HOST", "10.0.0.1",
                "KAFKA_HEAP_OPTS", "-Xmx1g",
                "kafka.bootstrap.servers", "dotted:9092",
                "kafka.client.rack", " ",
                "quarkus.http.port", "8080");
        KafkaSettings kafka = KafkaSettings.from(all.keySet(), all::get);
        assertEquals(Map.of("bootstrap.servers", "dotted:9092", "sasl.mechanism", "SCRAM-SHA-512"), kafka.admin());
    }

    @Test
    void aChildProcessFindsTheSameSettingsInItsEnvironment() {
        KafkaSettings given = SECURED.with("ssl.endpoint.identification.algorithm", "")
                .with("ssl.keystore.password", "pässwörd")
                .with("config.providers.vault.param.Token_File", " C:\\secrets\n# = ${x} ");
        Map<String, String> environment = given.environment();
        assertEquals(JAAS, environment.get("KAFKA_SASL_JAAS_CONFIG"));
        KafkaSettings found = KafkaSettings.from(environment.keySet(), environment::get);
        assertEquals(given.admin(), found.admin());
        assertEquals(9, found.admin().size(), "these, and the factory that reads certificates again");
    }

    @Test
    void aVariableOrADottedNameWinsOverTheOtherSettings() {
        Map<String, String> all = Map.of(
                "AFTERLEARNER_KAFKA_SETTINGS", "client.rack=a\nclient.id=a\nmine=a",
                "KAFKA_CLIENT_ID", "b",
                "kafka.client.rack", "c");
        assertEquals(
                Map.of("client.rack", "c", "client.id", "b", "mine", "a"),
                KafkaSettings.from(all.keySet(), all::get).admin());
    }

    @Test
    void secretsAreShownNowhere() {
        assertEquals(
                "Kafka at broker:9093 with [my.own.interceptor.setting, sasl.jaas.config, security.protocol,"
                        + " ssl.truststore.password]",
                SECURED.toString());
        assertFalse(SECURED.consumer(Map.of()).toString().contains("s3cret"));
        assertTrue(SECURED.consumer(Map.of()).toString().contains("SASL_SSL"));
    }
}
