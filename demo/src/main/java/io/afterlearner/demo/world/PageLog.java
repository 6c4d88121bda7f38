package io.afterlearner.demo.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.kafka.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The shop's own telemetry: one JSON record per page on its own topic. Only the token was added for the study, which reads
 * the time that the page took from here, with the mapping in study.yaml. Thread-safe.
 */
final class PageLog {
    static final String TOPIC = "shop.pages";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** If Kafka is not available for longer, the page is shown but not logged. */
    private static final int MAX_BLOCK_MILLIS = 100;

    /**
     * A page that a user was shown.
     *
     * @param at epoch milliseconds
     * @param ranked number of items that were ranked
     * @param took milliseconds
     */
    record Entry(long at, String page, String user, int ranked, double took, Context ctx) {
        byte[] json() {
            try {
                return JSON.writeValueAsBytes(this);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("numbers and texts are always JSON", e);
            }
        }
    }

    /** @param token proof of what the user was assigned; empty if the exposure was not recorded */
    record Context(String token) {}

    private final Producer<String, byte[]> producer;

    private PageLog(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** Creates the topic if it is missing. */
    static PageLog open(KafkaSettings kafka) throws InterruptedException {
        try (Admin admin = kafka.newAdmin()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.empty(), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("the topic " + TOPIC + " cannot be created: " + e.getMessage(), e);
            }
        }
        return new PageLog(kafka.newProducer(Map.of("linger.ms", 5, "max.block.ms", MAX_BLOCK_MILLIS)));
    }

    void shown(Entry entry) {
        try {
            // The log may lack pages.
            var unused = producer.send(new ProducerRecord<>(TOPIC, entry.json()));
        } catch (KafkaException e) {
            System.err.println("page " + entry.page() + " is not logged: " + e.getMessage());
        }
    }
}
