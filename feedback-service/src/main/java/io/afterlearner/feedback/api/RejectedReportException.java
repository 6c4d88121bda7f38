package io.afterlearner.feedback.api;

/** A report that is not taken; the message is one line: what is wrong and how to fix it. */
final class RejectedReportException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    RejectedReportException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status. */
    int status() {
        return status;
    }
}
