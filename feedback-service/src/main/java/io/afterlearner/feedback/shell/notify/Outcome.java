package io.afterlearner.feedback.shell.notify;

import java.util.Locale;

/** The result of an attempt to notify a receiver. */
enum Outcome {
    SENT,
    /** It failed, and another attempt follows. */
    RETRIED,
    /** The receiver refused it, or it was given up. */
    FAILED;

    /** As label of a metric. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
