package io.afterlearner.client;

/** A token that proves nothing; the message is one line that may be shown to whoever sent it. */
public final class TokenException extends Exception {
    private static final long serialVersionUID = 1L;

    TokenException(String message) {
        super(message);
    }
}
