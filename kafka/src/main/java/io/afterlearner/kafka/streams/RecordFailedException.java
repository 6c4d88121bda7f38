package io.afterlearner.kafka.streams;

/** A record could not be processed, by its own fault. It is tried again, a few times. */
final class RecordFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordFailedException(String record, Throwable cause) {
        super("record " + record + " could not be processed", cause);
    }
}
