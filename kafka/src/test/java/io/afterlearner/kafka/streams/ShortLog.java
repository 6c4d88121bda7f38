package io.afterlearner.kafka.streams;

import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line in the log for each failure that a test causes on purpose, instead of its stack traces. */
final class ShortLog {
    /** A field, because the log manager drops loggers without references. */
    private static final Logger FAILURES = Logger.getLogger(StreamsFailures.class.getName());

    private ShortLog() {}

    /** Shortens the log of this process from now on. */
    static void begin() {
        FAILURES.setFilter(ShortLog::shortened);
        // Kafka Streams lets a failed thread end with its exception.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> System.out.println(thread.getName() + " ends: " + RecordFaults.root(failure)));
    }

    private static boolean shortened(LogRecord logged) {
        Throwable failure = logged.getThrown();
        if (failure != null) {
            logged.setMessage(logged.getMessage() + ": " + RecordFaults.root(failure));
            logged.setThrown(null);
        }
        return true;
    }
}
