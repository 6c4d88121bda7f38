package io.afterlearner.optimizer.core;

import org.jspecify.annotations.Nullable;

/**
 * What happened in a study. An event contains everything that applying it needs, sampled values and times included. Times are
 * epoch milliseconds and never decrease within a study.
 */
public sealed interface Event {

    long atMillis();

    <R> R match(Cases<R> cases);

    /** One function for each kind of event. */
    interface Cases<R> {
        R asked(Asked event);

        R claimed(Claimed event);

        R told(Told event);

        R failed(Failed event);

        R expired(Expired event);

        R changed(Changed event);
    }

    /** A candidate is outstanding from now on. */
    record Asked(long atMillis, long number, double[] values) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.asked(this);
        }
    }

    /**
     * An evaluator works on an outstanding candidate, or has given it back. There is none about a short evaluation.
     *
     * @param by the evaluator
     * @param delivery how many times the candidate had been delivered
     * @param holds whether it works on it
     */
    record Claimed(long atMillis, long number, String by, int delivery, boolean holds) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.claimed(this);
        }
    }

    /**
     * An outstanding candidate was measured.
     *
     * @param loss finite
     * @param standardError of the loss; null if unknown
     * @param by the evaluator
     */
    record Told(
            long atMillis,
            long number,
            double loss,
            @Nullable Double standardError,
            long examples,
            String by,
            long durationMicros)
            implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.told(this);
        }
    }

    /** An outstanding candidate could not be measured. */
    record Failed(long atMillis, long number, Failure failure, String by, long durationMicros) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.failed(this);
        }
    }

    /** An outstanding candidate's deadline passed, or its study was stopped. */
    record Expired(long atMillis, long number, Failure failure) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.expired(this);
        }
    }

    /** How the study itself can change. */
    enum Change {
        /** The first event of every study. */
        CREATED,
        /** A suggested point is waiting to be asked. */
        SUGGESTED,
        /** Nothing new is asked from now on. */
        PAUSED,
        /** Asking goes on. */
        RESUMED,
        /** The budget is larger from now on. */
        EXTENDED,
        /** The study ended early. */
        STOPPED,
        /** From now on candidates stay near a point, the champion. */
        CENTRED,
        /** The results so far no longer hold: the search begins again around the champion. */
        REOPENED,
        /** All of the budget is asked, and every candidate told, failed or expired. */
        FINISHED
    }

    /**
     * The study itself changed.
     *
     * @param budget CREATED, EXTENDED, REOPENED: the new total, including the candidates asked before; else 0
     * @param values SUGGESTED, CENTRED: the point; else empty
     * @param by who ordered it; null if the study did it by itself, or it is unknown
     * @param failure STOPPED: the candidate's failure because of which the study stopped by itself; else null
     */
    record Changed(
            long atMillis,
            Change change,
            long budget,
            double[] values,
            @Nullable String by,
            @Nullable String reason,
            @Nullable Failure failure)
            implements Event {
        private static final double[] NO_VALUES = {};

        static Changed created(long atMillis, long budget, @Nullable String by) {
            return new Changed(atMillis, Change.CREATED, budget, NO_VALUES, by, null, null);
        }

        static Changed byItself(long atMillis, Change change, long budget) {
            return new Changed(atMillis, change, budget, NO_VALUES, null, null, null);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.changed(this);
        }
    }
}
