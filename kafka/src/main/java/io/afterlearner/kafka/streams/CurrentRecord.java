package io.afterlearner.kafka.streams;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The record that a thread is processing. If Kafka refuses an output, the failure is charged to this record. */
final class CurrentRecord {

    /** Receives the reason why Kafka refused an output of the record, possibly on another thread. */
    interface Charged {
        void failed(String reason);
    }

    private static final ThreadLocal<@Nullable Charged> CURRENT = new ThreadLocal<>();
    private static final AtomicBoolean CHARGED = new AtomicBoolean();
    private static final AtomicReference<@Nullable Throwable> LATEST = new AtomicReference<>();

    private CurrentRecord() {}

    static void begin(Charged record) {
        CURRENT.set(record);
    }

    static void end() {
        CURRENT.remove();
    }

    /**
     * Charges a refusal to a record. Kafka fails the rest of the transaction with the same exception, which is no fault of the
     * other records: only the first call with an exception counts.
     */
    static void charge(Charged record, Throwable refusal, String reason) {
        if (LATEST.getAndSet(refusal) != refusal) {
            CHARGED.set(true);
            record.failed(reason);
        }
    }

    /** Whether a refusal was charged since the last call. */
    static boolean wasCharged() {
        return CHARGED.getAndSet(false);
    }

    /** Null outside of a record, such as in a punctuation. */
    static @Nullable Charged get() {
        return CURRENT.get();
    }
}
