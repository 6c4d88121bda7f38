package io.afterlearner.evaluation.s3;

import io.afterlearner.aleph.Refusal;

/** An object cannot be read or written. The message names bucket and key, and has no credentials. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    StoreException(String problem, String fix) {
        super(new Refusal(problem, fix).toString());
        this.refusal = new Refusal(problem, fix);
    }

    StoreException(String problem, String fix, Throwable cause) {
        super(new Refusal(problem, fix).toString(), cause);
        this.refusal = new Refusal(problem, fix);
    }

    public Refusal refusal() {
        return refusal;
    }
}
