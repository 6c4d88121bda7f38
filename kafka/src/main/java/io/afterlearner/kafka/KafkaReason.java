package io.afterlearner.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Says why Kafka cannot be used. Kafka's own exception often says only what failed; its causes say why. */
public final class KafkaReason {
    private static final int MAX_CAUSES = 8;

    private KafkaReason() {}

    /** Whether the exception is one of Kafka's clients. */
    public static boolean isKafkas(Throwable failure) {
        return failure instanceof KafkaException;
    }

    /** Whether no client can be created with the settings, whether or not Kafka answers. */
    public static boolean isOfSettings(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            if (at instanceof ConfigException) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    /** The messages of the exception and of its causes on one line, each once. */
    public static String of(Throwable failure) {
        List<String> messages = new ArrayList<>();
        Throwable at = failure;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            String message = message(at);
            if (messages.stream().noneMatch(said -> said.contains(message))) {
                messages.add(message);
            }
            at = at.getCause();
        }
        messages.removeIf(String::isEmpty);
        return messages.isEmpty() ? silent(failure) : String.join(": ", messages);
    }

    private static String silent(Throwable failure) {
        return failure instanceof TimeoutException
                ? "Kafka did not answer in time"
                : failure.getClass().getSimpleName();
    }

    /** The exception's message; empty if it only repeats that of its cause, or is the name of Java's own timeout. */
    private static String message(Throwable failure) {
        String message = failure.getMessage();
        Throwable cause = failure.getCause();
        boolean carrier = failure instanceof ExecutionException || failure instanceof CompletionException;
        if (message == null && failure instanceof TimeoutException) {
            return "";
        }
        if (message == null || carrier || (cause != null && message.equals(cause.toString()))) {
            return message == null && cause == null ? failure.getClass().getSimpleName() : "";
        }
        return message.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /**
     * Why no client can be created with these settings, whether or not Kafka answers: a value out of range, a keystore that
     * cannot be opened, an address that no name server knows. Null if one can.
     */
    public static @Nullable String refusal(KafkaSettings kafka) {
        try {
            kafka.newAdmin().close(Duration.ZERO);
            new ProducerConfig(kafka.producer(
                    Map.of("key.serializer", StringSerializer.class, "value.serializer", ByteArraySerializer.class)));
            new ConsumerConfig(kafka.consumer(Map.of(
                    "key.deserializer", StringDeserializer.class, "value.deserializer", ByteArrayDeserializer.class)));
            return null;
        } catch (KafkaException | IllegalArgumentException e) {
            return of(e);
        }
    }
}
