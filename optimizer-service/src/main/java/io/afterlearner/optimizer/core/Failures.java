package io.afterlearner.optimizer.core;

/** Makes the failures that a study decides by itself. */
public interface Failures {

    /** No fitness arrived in time. */
    Failure expired(long timeoutMillis, String pool);

    Failure lossNotFinite(double loss);

    Failure studyStopped();
}
