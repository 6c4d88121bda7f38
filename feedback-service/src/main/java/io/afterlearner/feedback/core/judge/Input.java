package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An input of the judge, in the order of arrival. Times are epoch milliseconds. */
public sealed interface Input {

    long atMillis();

    /** Applies the input to one step of the fold. */
    void apply(Transition step);

    /** The optimizer asked for a candidate; after the deadline the optimizer no longer waits for it. */
    record Arrived(long atMillis, long number, List<Double> values, long deadlineMillis) implements Input {
        @Override
        public void apply(Transition step) {
            Admission.arrived(step, this);
        }
    }

    /** The optimizer's total number of candidates changed: the study was extended or reopened. */
    record Budgeted(long atMillis, long budget) implements Input {
        @Override
        public void apply(Transition step) {
            step.plan = step.plan.withBudget(budget);
        }
    }

    /** The optimizer recommends a candidate. */
    record Recommended(long atMillis, long number, List<Double> values) implements Input {
        @Override
        public void apply(Transition step) {
            Promotion.recommended(step, this);
        }
    }

    /**
     * Ripe exposures of one arm and client whose units were drawn at one time, or a correction of them, which has no exposures.
     *
     * @param number the candidate that was served
     * @param client who asked for the assignments
     * @param drawnAtMillis exposures of units drawn before an arm began do not count for it
     * @param early whether the windows go on: these are the reports so far, and the same exposures come again with all of them
     */
    record Ripened(
            long atMillis,
            Arm arm,
            long number,
            long drawnAtMillis,
            String client,
            boolean early,
            ExposureTotals totals)
            implements Input {
        /** Exposures whose windows are over. */
        public Ripened(long atMillis, Arm arm, long number, long drawnAtMillis, String client, ExposureTotals totals) {
            this(atMillis, arm, number, drawnAtMillis, client, false, totals);
        }

        @Override
        public void apply(Transition step) {
            Monitoring.calibrate(step, this);
            Ripened seen = notAfter(step.atMillis).capped(step.plan.metric());
            Monitoring.ripened(step, seen);
            Settlement.ripened(step, seen);
            LateValues.ripened(step, seen);
            Promotion.ripened(step, seen);
        }

        private Ripened capped(Metric goal) {
            return goal.isWinsorised() ? with(drawnAtMillis, totals.capped(goal)) : this;
        }

        private Ripened with(long drawn, ExposureTotals counted) {
            return new Ripened(atMillis, arm, number, drawn, client, early, counted);
        }

        /** A draw in the future has the time of a clock that is ahead, or that was turned back since. */
        private Ripened notAfter(long nowMillis) {
            return drawnAtMillis <= nowMillis ? this : with(nowMillis, totals);
        }
    }

    /** A person's command. */
    record Command(long atMillis, String by, Action action) implements Input {
        @Override
        public void apply(Transition step) {
            Operations.carryOut(step, this);
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
        public void apply(Transition step) {
            Operations.overruled(step, this);
        }
    }

    /** Time passes. */
    record Tick(long atMillis) implements Input {
        @Override
        public void apply(Transition step) {
            Settlement.expire(step);
            Monitoring.checkReports(step);
        }
    }

    /**
     * How the latest slices were measured by queries.
     *
     * @param problem the first metric without a value, and why; null if each has one
     */
    record Queried(long atMillis, Reason.@Nullable NoAnswer problem) implements Input {
        @Override
        public void apply(Transition step) {
            Monitoring.queried(step, problem);
        }
    }

    /** What a person may command; APPROVE and REJECT answer a proposal; GRANT gives a new error budget. */
    enum Action {
        PAUSE,
        RESUME,
        STOP,
        REVERT,
        APPROVE,
        REJECT,
        GRANT
    }
}
