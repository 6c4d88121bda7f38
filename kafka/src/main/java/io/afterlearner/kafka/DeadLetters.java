package io.afterlearner.kafka;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: records that could not be used, with the reason, for {@link io.afterlearner.schemas.Topics#DEAD_LETTERS}.
 * A letter always fits its topic: key, value and reason are cut.
 *
 * <pre>{@code
 * DeadLetters.Letter letter = new DeadLetters("evaluator-1")
 *         .letter(new DeadLetters.Unusable(topic, partition, offset, key, value), "not an Avro record", nowMillis);
 * sender.deliver(Topics.DEAD_LETTERS, letter.key(), letter.value());
 * }</pre>
 *
 * In Kafka Streams use {@code StreamsDeadLetters}. Thread-safe.
 */
public final class DeadLetters {
    public static final int MAX_KEY_BYTES = 64 << 10;
    public static final int MAX_VALUE_BYTES = 512 << 10;
    public static final int MAX_REASON_CHARACTERS = 1_000;

    /** A record as it was read. */
    public record Unusable(String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {}

    /** A record for the topic of dead letters. */
    public record Letter(byte @Nullable [] key, byte[] value) {}

    private final Codec<DeadLetter> codec = Codec.of(DeadLetter.class);
    private final String by;

    /** @param by name of the service or process that could not use the records */
    public DeadLetters(String by) {
        this.by = by;
    }

    /** @param reason one line */
    public Letter letter(Unusable unusable, String reason, long nowMillis) {
        byte @Nullable [] key = cut(unusable.key(), MAX_KEY_BYTES);
        byte @Nullable [] value = cut(unusable.value(), MAX_VALUE_BYTES);
        DeadLetter letter = new DeadLetter(
                unusable.topic(),
                unusable.partition(),
                unusable.offset(),
                key == null ? null : ByteBuffer.wrap(key),
                value == null ? null : ByteBuffer.wrap(value),
                reason.length() > MAX_REASON_CHARACTERS ? reason.substring(0, MAX_REASON_CHARACTERS) : reason,
                by,
                nowMillis);
        return new Letter(key, codec.encode(letter));
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }
}
