package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A candidate held through a share group. It starts HELD. A failed renewal makes it LOST, an answer makes it SETTLED, and both
 * are final. For one thread.
 */
final class ShareLease implements Slot.Lease {
    private static final Duration ACKNOWLEDGE = Duration.ofSeconds(10);

    /** Whether the broker still regards this evaluator as the candidate's holder. */
    enum State {
        /** The lease may be renewed, or the candidate answered. */
        HELD,
        /** The candidate goes to another evaluator, and the broker would ignore an answer. */
        LOST,
        /** The candidate is answered; nothing more can be sent. */
        SETTLED
    }

    private final ShareConsumer<byte[], byte[]> consumer;
    private final Duration renewWithin;
    private final LongAdder renewals;
    /** The latest delivery: each renewal delivers the candidate anew, and only the latest can be acknowledged. */
    private ConsumerRecord<byte[], byte[]> latest;

    private State state = State.HELD;

    /**
     * @param renewWithin time limit of each of a renewal's two steps: the commit, and the redelivery
     * @param renewals counts the renewals that succeed
     */
    ShareLease(
            ShareConsumer<byte[], byte[]> consumer,
            ConsumerRecord<byte[], byte[]> delivered,
            Duration renewWithin,
            LongAdder renewals) {
        this.consumer = consumer;
        this.latest = delivered;
        this.renewWithin = renewWithin;
        this.renewals = renewals;
    }

    State state() {
        return state;
    }

    @Override
    public boolean renew() {
        expect(State.HELD);
        consumer.acknowledge(latest, AcknowledgeType.RENEW);
        if (commit(renewWithin) && awaitRedelivery()) {
            renewals.increment();
            return true;
        }
        state = State.LOST;
        return false;
    }

    private boolean awaitRedelivery() {
        long end = System.nanoTime() + renewWithin.toNanos();
        while (System.nanoTime() < end) {
            if (take(consumer.poll(renewWithin.dividedBy(4)))) {
                return true;
            }
        }
        return false;
    }

    /** Finds the candidate among the delivered records and releases the others, since this slot works on one at a time. */
    private boolean take(ConsumerRecords<byte[], byte[]> delivered) {
        boolean found = false;
        for (ConsumerRecord<byte[], byte[]> one : delivered) {
            if (one.partition() == latest.partition() && one.offset() == latest.offset()) {
                latest = one;
                found = true;
            } else {
                consumer.acknowledge(one, AcknowledgeType.RELEASE);
            }
        }
        return found;
    }

    /** Answers the broker. The client fetches nothing before this is committed, so waiting for it costs nothing. */
    void settle(Answer answer) {
        expect(State.HELD);
        state = State.SETTLED;
        consumer.acknowledge(latest, type(answer));
        commit(ACKNOWLEDGE);
    }

    private void expect(State wanted) {
        if (state != wanted) {
            throw new IllegalStateException("the lease is " + state + ", not " + wanted);
        }
    }

    /** Sends the acknowledgements and returns whether the broker accepted them. */
    private boolean commit(Duration within) {
        try {
            return consumer.commitSync(within).values().stream().allMatch(Optional::isEmpty);
        } catch (WakeupException e) {
            // The wake-up was meant for a poll that has ended meanwhile; the acknowledgement is in flight.
            return true;
        }
    }

    private static AcknowledgeType type(Answer answer) {
        return switch (answer) {
            case ACCEPT -> AcknowledgeType.ACCEPT;
            case REJECT -> AcknowledgeType.REJECT;
            case RELEASE -> AcknowledgeType.RELEASE;
        };
    }
}
