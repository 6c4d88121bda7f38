package io.afterlearner.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
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
}
