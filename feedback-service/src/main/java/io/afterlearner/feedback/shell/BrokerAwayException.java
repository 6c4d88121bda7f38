package io.afterlearner.feedback.shell;

/** Kafka did not take a record in time; whether it has it is not known. */
public final class BrokerAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerAwayException(Throwable cause) {
        super("Kafka does not take the records in time: send them again, with the same ids they count once", cause);
    }
}
