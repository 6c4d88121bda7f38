package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import org.jspecify.annotations.Nullable;

/** A file cannot be fetched. The message begins with its URI. */
public sealed class FetchException extends RuntimeException permits NotKeptException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final @Nullable String found;

    /** @param refusal whose problem begins with the URI */
    public FetchException(Refusal refusal, Throwable cause) {
        this(refusal, cause, null);
    }

    FetchException(String problem, String fix) {
        this(new Refusal(problem, fix), null, null);
    }

    FetchException(Refusal refusal, @Nullable Throwable cause, @Nullable String found) {
        super(refusal.toString(), cause);
        this.refusal = refusal;
        this.found = found;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** The digest the file has instead of the one asked for; null if something else is wrong. */
    public @Nullable String found() {
        return found;
    }
}
