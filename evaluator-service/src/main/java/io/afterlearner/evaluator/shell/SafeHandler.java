package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.evaluator.core.Reasons;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes a record that cannot be used a dead letter, and releases one that Kafka's absence prevents. Thread-safe. */
final class SafeHandler implements Slot.Handler {
    private static final Logger LOG = Logger.getLogger(SafeHandler.class);

    /** What is done with a record. The answer is ACCEPT only after the broker has the result. Thread-safe. */
    interface Work {
        Answer answer(ConsumerRecord<byte[], byte[]> delivery, Abort abort)
                throws UndecodableException, InterruptedException;
    }

    private final Work work;
    private final Sender sender;
    private final DeadLetters deadLetters;
    private final Counters counters;

    /** @param by name of this evaluator */
    SafeHandler(Work work, Sender sender, String by, Counters counters) {
        this.work = work;
        this.sender = sender;
        this.deadLetters = new DeadLetters(by);
        this.counters = counters;
    }

    @Override
    public Answer handle(ConsumerRecord<byte[], byte[]> delivery, Abort abort) throws InterruptedException {
        try {
            return work.answer(delivery, abort);
        } catch (UndecodableException e) {
            return deadLetter(delivery, e.getMessage());
        } catch (KafkaException e) {
            LOG.warnf(
                    "the record at %s-%d@%d is released: %s",
                    delivery.topic(), delivery.partition(), delivery.offset(), e);
            return Answer.RELEASE;
        }
    }

    private Answer deadLetter(ConsumerRecord<byte[], byte[]> delivery, @Nullable String reason)
            throws InterruptedException {
        DeadLetters.Unusable unusable = new DeadLetters.Unusable(
                delivery.topic(), delivery.partition(), delivery.offset(), delivery.key(), delivery.value());
        DeadLetters.Letter letter = deadLetters.letter(unusable, Reasons.oneLine(reason), System.currentTimeMillis());
        try {
            sender.deliver(Topics.DEAD_LETTERS, letter.key(), letter.value());
            counters.deadLettered.increment();
            return Answer.REJECT;
        } catch (KafkaException e) {
            LOG.warnf("a dead letter could not be sent: %s", e);
            return Answer.RELEASE;
        }
    }
}
