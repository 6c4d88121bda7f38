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
        R created(Created event);

        R asked(Asked event);

        R told(Told event);

        R failed(Failed event);

        R expired(Expired event);

        R suggested(Suggested event);

        R paused(Paused event);

        R resumed(Resumed event);

        R extended(Extended event);

        R stopped(Stopped event);

        R finished(Finished event);

        R centred(Centred event);

        R reopened(Reopened event);
    }

    /** The first event of every study. */
    record Created(long atMillis, long budget) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.created(this);
        }
    }

    /** A candidate is outstanding from now on. */
    record Asked(long atMillis, long number, double[] values) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.asked(this);
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

    /** A suggested point is waiting to be asked. */
    record Suggested(
            long atMillis,
            double[] values,
            String by,
            @Nullable String reason) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.suggested(this);
        }
    }

    /** Nothing new is asked from now on. */
    record Paused(long atMillis, String by, @Nullable String reason) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.paused(this);
        }
    }

    /** Asking goes on. */
    record Resumed(long atMillis, String by, @Nullable String reason) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.resumed(this);
        }
    }

    /** The budget is larger from now on. */
    record Extended(
            long atMillis, long budget, String by, @Nullable String reason) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.extended(this);
        }
    }

    /**
     * The study ended early.
     *
     * @param by who stopped it; null if the study stopped by itself
     */
    record Stopped(long atMillis, @Nullable String by, String reason) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.stopped(this);
        }
    }

    /** From now on candidates stay near this point, the champion. */
    record Centred(
            long atMillis,
            double[] values,
            String by,
            @Nullable String reason) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.centred(this);
        }
    }

    /**
     * The results so far no longer hold: the search begins again around the champion.
     *
     * @param budget the new total, including the candidates asked before
     */
    record Reopened(
            long atMillis, long budget, String by, @Nullable String reason) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.reopened(this);
        }
    }

    /** All of the budget is asked, and every candidate told, failed or expired. */
    record Finished(long atMillis) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.finished(this);
        }
    }
}
