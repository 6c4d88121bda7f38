package io.afterlearner.kafka.streams;

/** A record made its processing fail. It is retried a few times. */
final class RecordFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordFailedException(String record, Throwable cause) {
        super("record " + record + " could not be processed", cause);
    }
}
