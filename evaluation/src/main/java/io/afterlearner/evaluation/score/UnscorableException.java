package io.afterlearner.evaluation.score;

/** A candidate has no loss: an output is NaN or depends on the batch, the evaluation was stopped, or the model fails on it. The message is one line. */
public final class UnscorableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnscorableException(String message) {
        super(message);
    }

    public UnscorableException(String message, Throwable cause) {
        super(message, cause);
    }
}
