package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import java.util.List;

/** An input of the judge, in the order of arrival. Times are epoch milliseconds. */
public sealed interface Input {

    long atMillis();

    /** Calls the handler's method for this kind of input. */
    void handle(Handler handler);

    /** One method per kind, so that a new kind does not compile until it is handled. */
    interface Handler {
        void arrived(Arrived input);

        void budgeted(Budgeted input);

        void recommended(Recommended input);

        void ripened(Ripened input);

        void commanded(Command input);

        void overruled(Overruled input);

        void tick(Tick input);
    }

    /** The optimizer asked for a candidate; after the deadline the optimizer no longer waits for it. */
    record Arrived(long atMillis, long number, List<Double> values, long deadlineMillis) implements Input {
        @Override
        public void handle(Handler handler) {
            handler.arrived(this);
        }
    }

    /** The optimizer's total number of candidates changed: the study was extended or reopened. */
    record Budgeted(long atMillis, long budget) implements Input {
        @Override
        public void handle(Handler handler) {
            handler.budgeted(this);
        }
    }

    /** The optimizer recommends a candidate. */
    record Recommended(long atMillis, long number, List<Double> values) implements Input {
        @Override
        public void handle(Handler handler) {
            handler.recommended(this);
        }
    }

    /**
     * Ripe exposures of one arm that were assigned at one time, or a correction of them, which has no exposures.
     *
     * @param number the candidate that the units met
     * @param assignedAtMillis exposures assigned before an arm began do not count for it
     */
    record Ripened(long atMillis, Arm arm, long number, long assignedAtMillis, ExposureTotals totals) implements Input {
        @Override
        public void handle(Handler handler) {
            handler.ripened(this);
        }
    }

    /** A person's command. */
    record Command(long atMillis, String by, Action action) implements Input {
        @Override
        public void handle(Handler handler) {
            handler.commanded(this);
        }
    }

    /**
     * Another writer changed the study's arms: it counts as a revert, and the judge writes no arms until a person resumes.
     *
     * @param reason as written
     * @param revision as written
     */
    record Overruled(long atMillis, String by, String reason, long revision) implements Input {
        @Override
        public void handle(Handler handler) {
            handler.overruled(this);
        }
    }

    /** Time passes. */
    record Tick(long atMillis) implements Input {
        @Override
        public void handle(Handler handler) {
            handler.tick(this);
        }
    }

    /** What a person may command; APPROVE and REJECT answer a proposal. */
    enum Action {
        PAUSE,
        RESUME,
        STOP,
        REVERT,
        APPROVE,
        REJECT
    }
}
