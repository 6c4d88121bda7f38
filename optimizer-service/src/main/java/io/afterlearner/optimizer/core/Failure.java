package io.afterlearner.optimizer.core;

/** Why a candidate has no loss. The core carries it from the input to the event; only the shell knows its content. */
public interface Failure {

    /** One sentence. */
    String text();
}
