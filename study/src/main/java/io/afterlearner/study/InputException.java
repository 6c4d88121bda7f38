package io.afterlearner.study;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Refusal;
import java.io.IOException;
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

    /** An error outside a file, whose message also says how to fix it. */
    public InputException(String message) {
        this(message, "");
    }

    /** An error outside a file. */
    public InputException(String problem, String fix) {
        this(new InputError("", 0, "", problem, fix));
    }

    /** The error of a model outside a study. */
    public static InputException of(AlephException e) {
        return new InputException(
                new InputError("", 0, "", e.refusal().problem(), e.refusal().fix()), e);
    }

    /** Why it failed, in words: the exception's message, or its class if it has none. */
    public static String reason(Exception e) {
        if (e instanceof IOException failed) {
            return Refusal.reason(failed);
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    public InputError error() {
        return error;
    }
}
