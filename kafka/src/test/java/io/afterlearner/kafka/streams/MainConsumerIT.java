package io.afterlearner.kafka.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.kafka.cluster.NeededTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MainConsumerIT {
    private static final ConsumerRebalanceListener NO_LISTENER = new ConsumerRebalanceListener() {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    };

    @Test
    @Timeout(120)
    void theGroupIsJoinedWhenAllTopicsAreThere(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            String servers = kafka.bootstrapServers();
            AtomicInteger polled = new AtomicInteger();
            NeededTopics needed = new NeededTopics(List.of("later", "output"));
            Map<String, Object> settings =
                    Map.of("bootstrap.servers", servers, "group.id", "g", "auto.offset.reset", "earliest");
            try (MainConsumer consumer = new MainConsumer(
                            settings,
                            () -> Admin.create(Map.of("bootstrap.servers", servers)),
                            needed,
                            topics -> false,
                            polled::addAndGet);
                    Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                consumer.subscribe(List.of("here", "later"), NO_LISTENER);
                admin.createTopics(List.of(new NewTopic("here", 1, (short) 1)))
                        .all()
                        .get();
                send(servers, "here");
                for (int i = 0; i < 5; i++) {
                    assertTrue(consumer.poll(Duration.ofMillis(100)).isEmpty());
                }
                assertTrue(admin.listGroups().all().get().isEmpty(), "the group is joined without a topic");
                assertTrue(String.valueOf(needed.problem()).contains("no topics later, output,"), needed.problem());

                admin.createTopics(List.of(new NewTopic("later", 1, (short) 1)))
                        .all()
                        .get();
                send(servers, "later");
                assertTrue(consumer.poll(Duration.ofMillis(100)).isEmpty());
                assertTrue(String.valueOf(needed.problem()).contains("no topic output,"), needed.problem());
                admin.createTopics(List.of(new NewTopic("output", 1, (short) 1)))
                        .all()
                        .get();
                while (polled.get() < 2) {
                    consumer.poll(Duration.ofMillis(100));
                }
                assertEquals(2, consumer.assignment().size());
            }
        }
    }

    private static void send(String servers, String topic) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "x".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
