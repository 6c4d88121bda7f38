package io.afterlearner.evaluator.scoring;

/** The requested execution provider is missing. The message is one line with how to fix it. */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProviderException(String message) {
        super(message);
    }

    ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
