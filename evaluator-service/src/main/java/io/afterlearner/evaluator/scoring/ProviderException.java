package io.afterlearner.evaluator.scoring;

/** The execution provider asked for is not there. The message is one line with the mend. */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProviderException(String message) {
        super(message);
    }

    ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
