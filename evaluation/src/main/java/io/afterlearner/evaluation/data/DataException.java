package io.afterlearner.evaluation.data;

/**
 * The data, the loss's settings, or how they fit the model cannot be used. The message is one line for the user: what,
 * where, and the mend.
 */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
