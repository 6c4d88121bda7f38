package io.afterlearner.study;

import org.jspecify.annotations.Nullable;

/** The user's input cannot be used: exit code 2. The message is one line. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient InputError error;

    public InputException(InputError error) {
        this(error, null);
    }

    public InputException(InputError error, @Nullable Throwable cause) {
        super(error.toString(), cause);
        this.error = error;
    }

    /** An error outside a file: the message says what is wrong and how to fix it. */
    public InputException(String message) {
        this(message, null);
    }

    public InputException(String message, @Nullable Throwable cause) {
        this(new InputError("", 0, "", message, ""), cause);
    }

    /** An exception whose message is a whole sentence already. */
    public static InputException of(Exception e) {
        return new InputException(reason(e), e);
    }

    /** The exception's message, or its class if it has none. */
    public static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    public InputError error() {
        return error;
    }
}
