package io.afterlearner.optimizer.core;

import org.jspecify.annotations.Nullable;

/**
 * What happened in a study. All that applying it needs is in it: sampled values, times. Times are epoch milliseconds and
 * never decrease within a study.
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

    /** Nobody waits for an outstanding candidate any longer. */
    record Expired(long atMillis, long number, Failure failure) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.expired(this);
        }
    }

    /** A point from outside waits to be asked. */
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
     * @param by who wanted it so; null if the study itself found it pointless to go on
     */
    record Stopped(long atMillis, @Nullable String by, String reason) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.stopped(this);
        }
    }

    /** Candidates stay near this point, the champion, from now on. */
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
     * What was told so far no longer holds: the search begins anew around the champion.
     *
     * @param budget from now on, what was asked before included
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
