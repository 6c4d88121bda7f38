package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;

/** A file was fetched, or could be, but cannot be kept on this machine: another machine may be able to. */
public final class NotKeptException extends FetchException {
    private static final long serialVersionUID = 1L;

    NotKeptException(Refusal refusal, Throwable cause) {
        super(refusal, cause);
    }
}
