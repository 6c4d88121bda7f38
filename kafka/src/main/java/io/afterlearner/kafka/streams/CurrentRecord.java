package io.afterlearner.kafka.streams;

import org.jspecify.annotations.Nullable;

/** The record that a thread is processing, to which everything it sends is charged. */
final class CurrentRecord {

    /** Hears why Kafka refused an output of the record, possibly on another thread. */
    interface Charged {
        void failed(String reason);
    }

    private static final ThreadLocal<@Nullable Charged> CURRENT = new ThreadLocal<>();

    private CurrentRecord() {}

    static void begin(Charged record) {
        CURRENT.set(record);
    }

    static void end() {
        CURRENT.remove();
    }

    /** Null outside of a record, such as in a punctuation. */
    static @Nullable Charged get() {
        return CURRENT.get();
    }
}
