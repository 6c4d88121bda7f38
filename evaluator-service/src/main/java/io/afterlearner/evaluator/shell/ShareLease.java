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
 * A candidate held through a share group. The states are {@link State#HELD}, which only a failed renewal ends with LOST and
 * only an answer with SETTLED. For one thread.
 */
final class ShareLease implements Slot.Lease {
    private static final Duration ACKNOWLEDGE = Duration.ofSeconds(10);

    /** Whether the broker still regards this evaluator as the candidate's holder. */
    enum State {
        /** It does: the lease may be renewed or the candidate answered. */
        HELD,
        /** It does not: the candidate goes to another evaluator, and an answer would be ignored. */
        LOST,
        /** The candidate is answered: nothing more can be sent. */
        SETTLED
    }

    private final ShareConsumer<byte[], byte[]> consumer;
    private final Duration renewEvery;
    private final LongAdder renewals;
    /** The latest delivery: each renewal delivers the candidate anew, and only the latest can be acknowledged. */
    private ConsumerRecord<byte[], byte[]> latest;

    private State state = State.HELD;

    /**
     * @param renewEvery how long a renewal may take
     * @param renewals counts those that succeed
     */
    ShareLease(
            ShareConsumer<byte[], byte[]> consumer,
            ConsumerRecord<byte[], byte[]> delivered,
            Duration renewEvery,
            LongAdder renewals) {
        this.consumer = consumer;
        this.latest = delivered;
        this.renewEvery = renewEvery;
        this.renewals = renewals;
    }

    State state() {
        return state;
    }

    @Override
    public boolean renew() {
        expect(State.HELD);
        consumer.acknowledge(latest, AcknowledgeType.RENEW);
        if (commit(renewEvery) && isDeliveredAgain()) {
            renewals.increment();
            return true;
        }
        state = State.LOST;
        return false;
    }

    private boolean isDeliveredAgain() {
        long end = System.nanoTime() + renewEvery.toNanos();
        while (System.nanoTime() < end) {
            if (take(consumer.poll(renewEvery.dividedBy(4)))) {
                return true;
            }
        }
        return false;
    }

    /** Finds the candidate among what was delivered; anything else goes back, since this slot works on one at a time. */
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

    /** Sends the acknowledgements; whether the broker accepted them. */
    private boolean commit(Duration patience) {
        try {
            return consumer.commitSync(patience).values().stream().allMatch(Optional::isEmpty);
        } catch (WakeupException e) {
            // Meant for a poll that found a candidate meanwhile; the acknowledgement is on its way.
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
