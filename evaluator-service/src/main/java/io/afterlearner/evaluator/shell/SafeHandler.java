package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.evaluator.core.Reasons;
import io.afterlearner.evaluator.scoring.UnableException;
import io.afterlearner.kafka.BrokerAwayException;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Prevents a record from stopping the evaluator. A record that cannot be used becomes a dead letter. If Kafka is away, the record
 * is released. If this evaluator is unable to evaluate, or lacks a right on Kafka, the record is released and a {@link Rest} begins. A record whose work
 * fails unexpectedly, or that ended evaluators several times, is answered with a failure and also becomes a dead letter.
 * Thread-safe.
 */
final class SafeHandler implements Slot.Handler {
    /** By default Kafka delivers a record five times and then drops it; at the fifth delivery it is answered with a failure. */
    static final int MAX_ATTEMPTS = 4;

    private static final Logger LOG = Logger.getLogger(SafeHandler.class);

    /** What is done with a record. The answer is ACCEPT only after the broker has the result. Thread-safe. */
    interface Work {
        /** @param attempt 1 if the record was not delivered before */
        Answer answer(ConsumerRecord<byte[], byte[]> delivery, int attempt, Abort abort)
                throws UndecodableException, InterruptedException;

        /** Sends a failure as the result. */
        void fail(ConsumerRecord<byte[], byte[]> delivery, String reason)
                throws UndecodableException, InterruptedException;
    }

    private final Work work;
    private final Sender sender;
    private final Supplier<DeadLetters> deadLetters;
    private final Deliveries deliveries;
    private final Counters counters;
    private final Rest rest;
    private final Predicate<Throwable> denied;

    /**
     * @param deadLetters as the topic's limit is known by then
     * @param denied whether a failure comes from a missing right; if so, a rest has begun
     */
    SafeHandler(
            Work work,
            Sender sender,
            Supplier<DeadLetters> deadLetters,
            Deliveries deliveries,
            Counters counters,
            Rest rest,
            Predicate<Throwable> denied) {
        this.work = work;
        this.sender = sender;
        this.deadLetters = deadLetters;
        this.deliveries = deliveries;
        this.counters = counters;
        this.rest = rest;
        this.denied = denied;
    }

    @Override
    public Answer handle(ConsumerRecord<byte[], byte[]> delivery, Abort abort) throws InterruptedException {
        int inVain = deliveries.inVain(delivery);
        if (inVain >= MAX_ATTEMPTS) {
            return setAside(
                    delivery,
                    "delivered " + inVain
                            + " times without an answer: evaluators ended while they worked on it, or could"
                            + " not answer");
        }
        deliveries.begin(delivery);
        try {
            return work.answer(delivery, inVain + 1, abort);
        } catch (UndecodableException e) {
            return deadLetter(delivery, e.getMessage());
        } catch (UnableException e) {
            rest.begin(e.reason());
            return Answer.RELEASE;
        } catch (KafkaException e) {
            LOG.logf(denied.test(e) ? Logger.Level.DEBUG : Logger.Level.WARN, "%s is released: %s", place(delivery), e);
            return Answer.RELEASE;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.errorf(e, "%s cannot be processed", place(delivery));
            return setAside(delivery, Reasons.unforeseen(e));
        } finally {
            deliveries.end(delivery);
        }
    }

    private Answer setAside(ConsumerRecord<byte[], byte[]> delivery, String reason) throws InterruptedException {
        LOG.errorf("%s is set aside: %s", place(delivery), reason);
        counters.quarantine();
        try {
            work.fail(delivery, reason);
        } catch (UndecodableException e) {
            LOG.debugf("%s has no result: %s", place(delivery), e.getMessage());
        } catch (KafkaException e) {
            if (denied.test(e)) {
                return Answer.RELEASE;
            }
            LOG.warnf("the failure of %s could not be sent: %s", place(delivery), e);
        }
        return deadLetter(delivery, reason);
    }

    private static String place(ConsumerRecord<byte[], byte[]> delivery) {
        return "the record at " + delivery.topic() + "-" + delivery.partition() + "@" + delivery.offset();
    }

    private Answer deadLetter(ConsumerRecord<byte[], byte[]> delivery, @Nullable String reason)
            throws InterruptedException {
        DeadLetters.Unusable unusable = new DeadLetters.Unusable(
                delivery.topic(),
                delivery.partition(),
                delivery.offset(),
                delivery.key(),
                true,
                delivery.value(),
                delivery.headers().toArray().length);
        DeadLetters.Letter letter =
                deadLetters.get().letter(unusable, Reasons.oneLine(reason), System.currentTimeMillis());
        try {
            sender.deliver(Topics.DEAD_LETTERS, letter.key(), letter.value());
            counters.deadLetter();
            return Answer.REJECT;
        } catch (BrokerAwayException e) {
            LOG.warnf("a dead letter could not be sent: %s", e.getMessage());
            return Answer.RELEASE;
        } catch (KafkaException e) {
            if (denied.test(e)) {
                return Answer.RELEASE;
            }
            // Another delivery would be refused as well, forever.
            LOG.errorf("%s is dropped, because Kafka refuses its dead letter: %s", place(delivery), e.getMessage());
            return Answer.REJECT;
        }
    }
}
