package io.afterlearner.schemas;

/** Bytes that are no record of the expected type. The message is one line fit for a dead letter. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
