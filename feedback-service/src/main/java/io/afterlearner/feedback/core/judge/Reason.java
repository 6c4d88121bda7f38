package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.DriftDetector;

/** Why the judge decided something, as data: the shell turns it into records and text. */
public sealed interface Reason {

    /** Why a candidate has no fitness. */
    sealed interface Failure extends Reason {}

    /** Why a duel was lost, or a champion reverted. */
    sealed interface Defeat extends Reason {}

    /**
     * The figures of a comparison with another arm.
     *
     * @param loss how much worse, in the metric's unit; negative is better
     * @param metric how values count
     */
    record Figures(double loss, double standardError, long values, long otherValues, Metric metric) {
        static Figures of(Comparison comparison, Tally own, Tally other) {
            return new Figures(
                    comparison.loss(own, other),
                    comparison.standardError(own, other),
                    own.count(),
                    other.count(),
                    comparison.metric());
        }
    }

    /**
     * A guardrail was broken significantly.
     *
     * @param measured level of the arm
     * @param control level of control
     */
    record GuardrailBroken(Guardrail guardrail, double measured, double control, long values, long controlValues)
            implements Failure, Defeat {}

    /** The arm was significantly worse: a duel's than the champion, a champion than control. */
    record Worse(Figures figures) implements Defeat {}

    /**
     * The duel was unlikely to be won, or had used its exposures.
     *
     * @param exposures below those planned if a win by then was unlikely
     * @param planned exposures after which a gain like the one it was told with should have been shown
     */
    record NotBetter(Figures figures, long exposures, long planned) implements Defeat {}

    /**
     * The challenger was better, but could not be shown to keep a guardrail.
     *
     * @param needed exposures after which a candidate like control should have been shown to keep it
     */
    record GuardrailNotShown(Guardrail guardrail, long exposures, long needed) implements Defeat {}

    /**
     * The challenger was better, but not shown to be without the units of one client.
     *
     * @param figures without that client
     * @param planned exposures after which it should have been shown
     */
    record RestsOnClient(String client, Figures figures, long exposures, long planned) implements Defeat {}

    /**
     * The challenger was better, but its slices lacked a value more often than those of control and champion, and what it did in them is
     * not known.
     *
     * @param share of the slices that were the challenger's
     */
    record MoreMissing(long missing, long othersMissing, double share) implements Defeat {}

    /** A person rejected the proposal. */
    record Rejected() implements Defeat {}

    /** The study was stopped or reverted. */
    record Ended(Input.Action action) implements Failure {}

    record TooManyWaiting() implements Failure {}

    /** All slots were taken until the candidate's deadline. */
    record NoFreeSlot() implements Failure {}

    record DeadlinePassed(long exposures, long required) implements Failure {}

    record TooFewReports(long values, long controlValues, long exposures) implements Failure {}

    record Begun() implements Reason {}

    /**
     * A candidate is not worth a duel.
     *
     * @param gain over the champion, as measured; the error is its standard error
     * @param needed exposures until such a gain is shown
     * @param most exposures that a duel may have
     * @param unranged exposures that would be needed if the metric's range were as wide as its values spread
     * @param metric how values count
     */
    record TooSmall(long number, double gain, double error, long needed, long most, long unranged, Metric metric)
            implements Reason {}

    /**
     * A candidate was better by its early values, but by those of whole windows it is not, or not within its guardrails.
     *
     * @param figures against control, by whole windows
     */
    record NotBetterLate(long number, Figures figures, long exposures) implements Reason {}

    /** So little of the error budget is left that the best candidate needs more exposures than a duel may have. */
    record ErrorBudgetSpent(long number, long duels, long needed, long most) implements Reason {}

    /** A new champion serves more of its units. */
    record Ramped(long number, double share) implements Reason {}

    /**
     * Values are from now on adjusted by what their unit did before.
     *
     * @param metric with the adjustment; its slope is 0 if the past explains nothing, or hardly any unit returns
     * @param pairs values with a past that it was fitted to
     * @param pairless values without a past meanwhile
     */
    record Adjusted(Metric metric, long pairs, long pairless) implements Reason {}

    /**
     * The cap of a winsorised metric is fixed.
     *
     * @param metric its range ends at the cap
     * @param quantile of control's values; at the lower end of the range it cannot be the cap
     * @param values of control that it is a quantile of
     */
    record Calibrated(Metric metric, double quantile, long values) implements Reason {}

    /** A person's command. */
    record Commanded(Input.Action action) implements Reason {}

    /** Another writer changed the arms; the text is that writer's. */
    record Overruled(String text) implements Reason {}

    record CandidateTold(long number) implements Reason {}

    record CandidateFailed(long number, Failure why) implements Reason {}

    record DuelLost(long number, Defeat why) implements Reason {}

    /** The candidate was significantly better than the champion and kept each guardrail. */
    record DuelWon(long number, long champion, Figures figures) implements Reason {}

    record ChampionFailed(long number, Defeat why) implements Reason {}

    record ChampionReverted(long number) implements Reason {}

    /**
     * The level of the shipped model, or of the champion, shifted.
     *
     * @param champion whether it is the champion's and not the shipped model's
     * @param shift mean shares of the metric's range
     */
    record Drifted(Metric metric, boolean champion, DriftDetector.Shift shift) implements Reason {}

    /** The search was reopened as often as it may be. */
    record NotReopened(int times) implements Reason {}

    /** Units do not reach the arms in their shares. */
    record SampleRatioMismatch(
            long number, long exposures, long controlExposures, double slotShare, double controlShare)
            implements Reason {}

    /**
     * Units do not reach candidates in their share, over all candidates together.
     *
     * @param expected exposures to candidates that were expected by those to control
     */
    record PoolMismatch(long exposures, long expected) implements Reason {}

    /** Candidate 0 and control, which are the same model, differ. */
    record ShippedModelDiffers() implements Reason {}

    /**
     * No reports of a metric arrive.
     *
     * @param exposures of control since the latest one with a report
     */
    record NoReports(Metric metric, long exposures) implements Reason {}

    /**
     * Exposures of an arm have a value more often, or less, than those of control.
     *
     * @param number the candidate or champion, or {@link #ALL}
     * @param values exposures with a value of the metric
     */
    record ReportRatesDiffer(
            long number, Metric metric, long exposures, long values, long controlExposures, long controlValues)
            implements Reason {
        /** All candidates together. */
        public static final long ALL = -1;
    }

    /** Each metric is reported again. */
    record ReportsArrive() implements Reason {}

    /**
     * A query had no value for a slice.
     *
     * @param why one line
     * @param arm what was served in the slice
     * @param number the candidate or champion that was served
     */
    record NoAnswer(String metric, String why, Arm arm, long number, long beginMillis) implements Reason {}

    /** Each query has a value again. */
    record Answered() implements Reason {}

    record ExposureLimitReached(long exposures) implements Reason {}

    record StudyDeadlineReached() implements Reason {}

    record AllSettled(long candidates) implements Reason {}
}
