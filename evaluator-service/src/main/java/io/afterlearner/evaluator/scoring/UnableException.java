package io.afterlearner.evaluator.scoring;

import io.afterlearner.aleph.Refusal;

/** This evaluator cannot evaluate now. The candidate is not the cause, and another evaluator may be able to. */
public final class UnableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnableException(Refusal refusal, Throwable cause) {
        super(refusal.toString(), cause);
    }

    /** What is wrong and how to fix it, in one line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
