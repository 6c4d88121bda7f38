package io.afterlearner.demo.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What the shop wrote of each page before it had heard of ℵ: a JSON record on a topic of its own. Only the token is new in
 * it. How long the page took is read from here, as study.yaml maps it; nobody reports it. Thread-safe.
 */
final class PageLog {
    static final String TOPIC = "shop.pages";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Without Kafka a page is shown and not logged. */
    private static final int PATIENCE_MILLIS = 100;

    /**
     * A page that somebody was shown.
     *
     * @param atMillis when, epoch milliseconds
     * @param ranked among how many items
     * @param took milliseconds
     * @param token proof of what the user was assigned; empty where that was not recorded
     */
    record Entry(long atMillis, String page, String user, int ranked, double took, String token) {
        byte[] json() {
            Map<String, Object> record = Map.of(
                    "at",
                    atMillis,
                    "page",
                    page,
                    "user",
                    user,
                    "ranked",
                    ranked,
                    "took",
                    took,
                    "ctx",
                    Map.of("token", token));
            try {
                return JSON.writeValueAsBytes(record);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("numbers and texts are always JSON", e);
            }
        }
    }

    private final Producer<String, byte[]> producer;

    private PageLog(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** Creates the topic if it is missing. */
    static PageLog open(Map<String, Object> kafka) throws InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.empty(), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("the topic " + TOPIC + " cannot be created: " + e.getMessage(), e);
            }
        }
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("linger.ms", 5);
        settings.put("max.block.ms", PATIENCE_MILLIS);
        return new PageLog(new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
    }

    void shown(Entry entry) {
        try {
            // A log that lacks a page is still one.
            var unused = producer.send(new ProducerRecord<>(TOPIC, entry.json()));
        } catch (KafkaException e) {
            System.err.println("page " + entry.page() + " is not logged: " + e.getMessage());
        }
    }
}
