package io.afterlearner.optimizer.core;

import org.jspecify.annotations.Nullable;

/** What a study is confronted with. Each input carries the time it arrived at, in epoch milliseconds. */
public sealed interface Input {

    long atMillis();

    <R> R match(Cases<R> cases);

    /** One function for each kind of input. */
    interface Cases<R> {
        R measured(Measured input);

        R unmeasured(Unmeasured input);

        R order(Order input);

        R tick(Tick input);
    }

    /** A fitness with a loss, as received: both numbers may be NaN, infinite or negative; an unknown standard error is null. */
    record Measured(
            long atMillis,
            long number,
            double loss,
            @Nullable Double standardError,
            long examples,
            String by,
            long durationMicros)
            implements Input {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.measured(this);
        }
    }

    /** A fitness without a loss. */
    record Unmeasured(long atMillis, long number, Failure failure, String by, long durationMicros) implements Input {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.unmeasured(this);
        }
    }

    /** What an operator can ask of a study. */
    enum Action {
        PAUSE,
        RESUME,
        STOP,
        EXTEND,
        SUGGEST,
        /** Stay near these values. */
        CENTRE,
        /** What was told so far no longer holds. */
        REOPEN
    }

    /**
     * An operator's wish.
     *
     * @param id the same id acts once
     * @param budget EXTEND: the new total
     * @param values SUGGEST, CENTRE: the point
     */
    record Order(
            long atMillis,
            String id,
            String by,
            Action action,
            long budget,
            double[] values,
            @Nullable String reason) implements Input {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.order(this);
        }
    }

    /** Time went by. */
    record Tick(long atMillis) implements Input {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.tick(this);
        }
    }
}
