package io.afterlearner.optimizer.core;

/** Why a candidate has no loss. The core carries it from the input to the event; only the shell knows its content. */
public interface Failure {

    /** One sentence. */
    String text();

    /** Makes the failures that a study decides by itself. */
    interface Maker {

        /** No evaluator took the candidate in time; in an online study, no fitness arrived in time. */
        Failure expired(long waitMillis, String pool);

        /** The evaluator that took the candidate did not answer in time. */
        Failure unanswered(long heldMillis);

        Failure lossNotFinite(double loss);

        Failure studyStopped();
    }
}
