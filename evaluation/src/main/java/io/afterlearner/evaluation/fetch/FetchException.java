package io.afterlearner.evaluation.fetch;

import org.jspecify.annotations.Nullable;

/** A file cannot be fetched. The message is one line that begins with its URI. */
public final class FetchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String found;

    FetchException(String message) {
        this(message, null, null);
    }

    FetchException(String message, @Nullable Throwable cause, @Nullable String found) {
        super(message, cause);
        this.found = found;
    }

    /** The digest the file has instead of the one asked for; null if something else is wrong. */
    public @Nullable String found() {
        return found;
    }
}
