package io.afterlearner.local.stack;

import org.jspecify.annotations.Nullable;

/** The local stack cannot do what the user asked. The message says what is wrong, where, and how to fix it. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
