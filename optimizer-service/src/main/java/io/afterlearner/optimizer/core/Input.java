package io.afterlearner.optimizer.core;

import org.jspecify.annotations.Nullable;

/** What reaches a study from outside. Each input has its time of arrival in epoch milliseconds. */
public sealed interface Input {

    long atMillis();

    <R> R match(Cases<R> cases);

    /** One function for each kind of input. */
    interface Cases<R> {
        R measured(Measured input);

        R unmeasured(Unmeasured input);

        R claimed(Claimed input);

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

    /** An evaluator says that it works on a candidate, or has given it back. */
    record Claimed(long atMillis, long number, String by, int delivery, boolean holds) implements Input {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.claimed(this);
        }
    }

    /** What an operator can order. */
    enum Action {
        PAUSE,
        RESUME,
        STOP,
        EXTEND,
        SUGGEST,
        /** Stay near these values. */
        CENTRE,
        /** The results so far no longer hold. */
        REOPEN
    }

    /**
     * An operator's order.
     *
     * @param id an order with the same id acts once
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

    /** Time has passed. */
    record Tick(long atMillis) implements Input {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.tick(this);
        }
    }
}
