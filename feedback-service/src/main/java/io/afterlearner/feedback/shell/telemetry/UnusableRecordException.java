package io.afterlearner.feedback.shell.telemetry;

/** A telemetry record does not fit its mapping; the message is one line that names the field. */
final class UnusableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableRecordException(String message) {
        super(message);
    }
}
