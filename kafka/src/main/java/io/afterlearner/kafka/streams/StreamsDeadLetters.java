package io.afterlearner.kafka.streams;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters from a processor whose outputs go through {@link Outputs}. One per processor.
 *
 * <pre>{@code
 * letters = new StreamsDeadLetters(context, deadLetters, tallies::deadLetter);
 * letters.send(received, "not a Fitness record");
 * }</pre>
 */
public final class StreamsDeadLetters {
    private static final System.Logger LOG = System.getLogger(StreamsDeadLetters.class.getName());
    /** Stands for bytes that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private final ProcessorContext<String, Out> context;
    private final DeadLetters letters;
    private final Runnable counted;

    /** @param counted runs once for each letter */
    public StreamsDeadLetters(ProcessorContext<String, Out> context, DeadLetters letters, Runnable counted) {
        this.context = context;
        this.letters = letters;
        this.counted = counted;
    }

    /** Forwards the record that is being processed as a dead letter. */
    public void send(Record<String, byte[]> received, String reason) {
        DeadLetters.Unusable unusable = unusable(received);
        long now = context.currentSystemTimeMs();
        DeadLetters.Letter letter = letters.letter(unusable, reason, now);
        context.forward(new Record<>(text(letter.key()), new Out(Topics.DEAD_LETTERS, letter.value()), now));
        counted.run();
        LOG.log(
                System.Logger.Level.DEBUG,
                "{0}-{1}@{2}: {3}",
                unusable.topic(),
                unusable.partition(),
                unusable.offset(),
                reason);
    }

    private DeadLetters.Unusable unusable(Record<String, byte[]> received) {
        var where = context.recordMetadata();
        String key = received.key();
        return new DeadLetters.Unusable(
                where.map(m -> m.topic()).orElse(""),
                where.map(m -> m.partition()).orElse(-1),
                where.map(m -> m.offset()).orElse(-1L),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                key == null || key.indexOf(REPLACEMENT) < 0,
                received.value(),
                received.headers().toArray().length);
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
