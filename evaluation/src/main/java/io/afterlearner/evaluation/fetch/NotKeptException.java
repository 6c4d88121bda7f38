package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import org.jspecify.annotations.Nullable;

/** A file cannot be stored on this machine, for example on a full disk. Another machine may be able to store it. */
public final class NotKeptException extends FetchException {
    private static final long serialVersionUID = 1L;

    NotKeptException(Refusal refusal, @Nullable Throwable cause) {
        super(refusal, cause, null);
    }
}
