package io.afterlearner.aleph;

/** The model or the manifest cannot be used. The message is one line for the user: what, where, and the mend. */
public final class AlephException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AlephException(String message) {
        super(message);
    }

    public AlephException(String message, Throwable cause) {
        super(message, cause);
    }
}
