package io.afterlearner.feedback.shell;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where records go that nobody can use. */
final class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int MOST_KEY_BYTES = 64 << 10;
    private static final int MOST_VALUE_BYTES = 64 << 10;

    private final Codec<DeadLetter> codec = Codec.of(DeadLetter.class);
    private final ProcessorContext<String, Out> context;
    private final FeedbackMetrics tallies;

    DeadLetters(ProcessorContext<String, Out> context, FeedbackMetrics tallies) {
        this.context = context;
        this.tallies = tallies;
    }

    void send(Record<String, byte[]> received, String reason) {
        var where = context.recordMetadata();
        byte @Nullable [] key = received.key() == null ? null : received.key().getBytes(StandardCharsets.UTF_8);
        DeadLetter letter = new DeadLetter(
                where.map(m -> m.topic()).orElse(""),
                where.map(m -> m.partition()).orElse(-1),
                where.map(m -> m.offset()).orElse(-1L),
                cut(key, MOST_KEY_BYTES),
                cut(received.value(), MOST_VALUE_BYTES),
                reason,
                "feedback",
                context.currentSystemTimeMs());
        context.forward(new Record<>(
                received.key(), new Out(Topics.DEAD_LETTERS, codec.encode(letter)), context.currentSystemTimeMs()));
        tallies.deadLetter();
        LOG.debugf("%s %d@%d: %s", letter.getTopic(), letter.getPartition(), letter.getOffset(), reason);
    }

    private static @Nullable ByteBuffer cut(byte @Nullable [] bytes, int most) {
        return bytes == null ? null : ByteBuffer.wrap(bytes.length > most ? Arrays.copyOf(bytes, most) : bytes);
    }
}
