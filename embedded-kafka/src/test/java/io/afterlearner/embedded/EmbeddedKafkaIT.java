package io.afterlearner.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    @Test
    void whatWasWrittenBeforeARestartIsReadAfterIt(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory, 0)) {
            Map<String, Object> to = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(to);
                    var producer = new KafkaProducer<>(to, new StringSerializer(), new StringSerializer())) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get();
                producer.send(new ProducerRecord<>("kept", "k", "still here")).get();
            }
        }
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory, 0)) {
            Map<String, Object> to =
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
            try (var consumer = new KafkaConsumer<>(to, new StringDeserializer(), new StringDeserializer())) {
                consumer.assign(List.of(new TopicPartition("kept", 0)));
                var records = consumer.poll(Duration.ofSeconds(20));
                assertEquals("still here", records.iterator().next().value());
            }
        }
    }

    @Test
    void aTakenPortIsSaidInOneLine(@TempDir Path directory) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            IOException e = assertThrows(IOException.class, () -> EmbeddedKafka.start(directory, taken.getLocalPort()));
            assertTrue(e.getMessage().contains("port " + taken.getLocalPort() + " is taken"), e.getMessage());
        }
    }

    @Test
    void aSecuredBrokerLetsInOnlyWhoHasAPassword(@TempDir Path directory) throws Exception {
        Certificate certificate = Certificate.create(directory);
        Security security = new Security(
                certificate.keystore(), "change-it", Map.of(Security.BROKER, "b-secret", "alice", "a-secret"));
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"), 0, security)) {
            Map<String, Object> to = Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "security.protocol",
                    "SASL_SSL",
                    "sasl.mechanism",
                    "SCRAM-SHA-512",
                    "ssl.truststore.type",
                    "PEM",
                    "ssl.truststore.location",
                    certificate.pem().toString(),
                    "sasl.jaas.config",
                    security.jaas("alice"));
            try (Admin admin = Admin.create(to)) {
                assertEquals(1, admin.describeCluster().nodes().get().size());
            }
            Map<String, Object> wrong = new HashMap<>(to);
            wrong.put("sasl.jaas.config", security.jaas("alice").replace("a-secret", "guess"));
            try (Admin admin = Admin.create(wrong)) {
                var refused = assertThrows(
                        ExecutionException.class,
                        () -> admin.describeCluster().nodes().get());
                assertInstanceOf(SaslAuthenticationException.class, refused.getCause());
            }
        }
    }

    @Test
    void noPasswordOrKeyIsSaid() {
        assertEquals(
                "Formatting failed. Try again.",
                EmbeddedKafka.withoutSecrets(
                        "Formatting failed.\nUserScramCredentialRecord(name='alice', salt=[1], saltedPassword=[2])\nTry again.\n"));
    }
}
