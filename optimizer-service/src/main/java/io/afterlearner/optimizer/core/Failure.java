package io.afterlearner.optimizer.core;

/** Why a candidate has no loss. The core carries it from the input to the event; only the shell knows its content. */
public interface Failure {

    /** One sentence. */
    String text();

    /** Makes the failures that a study decides by itself. */
    interface Maker {

        /** No fitness arrived in time. */
        Failure expired(long timeoutMillis, String pool);

        Failure lossNotFinite(double loss);

        Failure studyStopped();
    }
}
