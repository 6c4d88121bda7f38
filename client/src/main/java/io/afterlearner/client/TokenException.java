package io.afterlearner.client;

/** An invalid token; the message is one line that may be shown to the sender. */
public final class TokenException extends Exception {
    private static final long serialVersionUID = 1L;

    TokenException(String message) {
        super(message);
    }
}
