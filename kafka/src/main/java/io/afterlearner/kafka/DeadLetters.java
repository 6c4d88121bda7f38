package io.afterlearner.kafka;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Topics;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: records that could not be used, with the reason, for {@link Topics#DEAD_LETTERS}. A letter always fits
 * its topic: key, value and reason are cut to shares of what the topic takes. A letter says what was cut, with
 * the whole size and digest.
 *
 * <pre>{@code
 * DeadLetters.Letter letter = DeadLetters.fitting(admin, "evaluator-1")
 *         .letter(new DeadLetters.Unusable(topic, partition, offset, key, true, value, headers), "not a record", nowMillis);
 * sender.deliver(Topics.DEAD_LETTERS, letter.key(), letter.value());
 * }</pre>
 *
 * In Kafka Streams use {@code StreamsDeadLetters}. Thread-safe.
 */
public final class DeadLetters {
    /** Kafka's default for the largest record batch of a topic. */
    public static final int DEFAULT_TOPIC_BYTES = 1_048_588;

    public static final int MAX_KEY_BYTES = 64 << 10;
    public static final int MAX_VALUE_BYTES = 512 << 10;
    public static final int MAX_REASON_CHARACTERS = 1_000;

    private static final int MAX_NAME_CHARACTERS = 200;
    /** A character may take three bytes; reason and name together get an eighth. */
    private static final int TOPIC_BYTES_PER_REASON_CHARACTER = 3 * 16;

    private static final int ADMIN_SECONDS = 10;
    private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());

    /**
     * A record as it was read.
     *
     * @param isWholeKey false if the key is only a part of the original bytes, because they are not text
     * @param headers number of its headers
     */
    public record Unusable(
            String topic,
            int partition,
            long offset,
            byte @Nullable [] key,
            boolean isWholeKey,
            byte @Nullable [] value,
            int headers) {}

    /** A record for the topic of dead letters. */
    public record Letter(byte @Nullable [] key, byte[] value) {}

    private final Codec<DeadLetter> codec = Codec.of(DeadLetter.class);
    private final String by;
    private final int topicBytes;

    /** For a topic with Kafka's default limit, or a higher one. */
    public DeadLetters(String by) {
        this(by, DEFAULT_TOPIC_BYTES);
    }

    /**
     * @param by name of the service or process that could not use the records
     * @param topicBytes largest record batch that the topic takes
     */
    public DeadLetters(String by, int topicBytes) {
        this.topicBytes = topicBytes;
        this.by = cut(by, Math.min(MAX_NAME_CHARACTERS, topicBytes / TOPIC_BYTES_PER_REASON_CHARACTER));
    }

    /** For the topic as it is configured now; with Kafka's default limit if this process may not read the configuration. */
    public static DeadLetters fitting(Admin admin, String by) throws InterruptedException {
        return new DeadLetters(by, topicBytes(admin));
    }

    private static int topicBytes(Admin admin) throws InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.DEAD_LETTERS);
        try {
            var described = admin.describeConfigs(List.of(topic)).values().get(topic);
            ConfigEntry limit = described == null
                    ? null
                    : described.get(ADMIN_SECONDS, TimeUnit.SECONDS).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return limit == null ? DEFAULT_TOPIC_BYTES : Integer.parseInt(limit.value());
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the limit of topic {0} is unknown, so dead letters are cut to {1} bytes: {2}",
                    Topics.DEAD_LETTERS,
                    DEFAULT_TOPIC_BYTES,
                    e.toString());
            return DEFAULT_TOPIC_BYTES;
        }
    }

    /** @param reason one line */
    public Letter letter(Unusable unusable, String reason, long nowMillis) {
        byte[] wholeKey = unusable.key();
        byte[] wholeValue = unusable.value();
        byte[] key = cut(wholeKey, Math.min(MAX_KEY_BYTES, topicBytes / 16));
        byte[] value = cut(wholeValue, Math.min(MAX_VALUE_BYTES, topicBytes / 2));
        DeadLetter letter = new DeadLetter(
                unusable.topic(),
                unusable.partition(),
                unusable.offset(),
                key == null ? null : ByteBuffer.wrap(key),
                value == null ? null : ByteBuffer.wrap(value),
                cut(oneLine(reason), Math.min(MAX_REASON_CHARACTERS, topicBytes / TOPIC_BYTES_PER_REASON_CHARACTER)),
                by,
                nowMillis,
                unusable.isWholeKey() ? size(wholeKey, key) : null,
                unusable.isWholeKey() ? sha256(wholeKey, key) : null,
                size(wholeValue, value),
                sha256(wholeValue, value),
                unusable.headers());
        return new Letter(key, codec.encode(letter));
    }

    private static String oneLine(String text) {
        // Cut before the search: a reason may quote megabytes.
        return cut(text, 2 * MAX_REASON_CHARACTERS).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    private static @Nullable Long size(byte @Nullable [] whole, byte @Nullable [] kept) {
        return whole == null || whole == kept ? null : (long) whole.length;
    }

    private static @Nullable String sha256(byte @Nullable [] whole, byte @Nullable [] kept) {
        if (whole == null || whole == kept) {
            return null;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
