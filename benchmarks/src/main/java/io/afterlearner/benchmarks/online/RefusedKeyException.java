package io.afterlearner.benchmarks.online;

import java.io.IOException;

/** The feedback service wants a key, or one with another role. */
public final class RefusedKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedKeyException(int status) {
        super("the feedback service answers " + status);
    }
}
