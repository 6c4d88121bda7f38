package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Power;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Range;

/** Plans how long a duel has to last, from what control and the champion showed since the champion began. */
public final class DuelPlanner {
    /** With fewer values of control the spread is not known well enough to plan. */
    static final long MIN_VALUES = 30;
    /** The best of many measurements is too good; at least this share of the gain is expected to be real. */
    private static final double LEAST_REAL = 0.25;
    /** So many standard deviations around the mean hold nearly all values. */
    private static final double SPREAD = 5;

    /**
     * What a duel is planned to take.
     *
     * @param slots slots of the challenger: constant, because a share that changes would compare different times of day
     * @param exposures of the challenger until a gain like the one it was told with is shown
     */
    public record Effort(int slots, long exposures) {
        static final Effort NONE = new Effort(0, 0);
        /** More than any study has: no number of exposures is enough. */
        public static final long NEVER = 1L << 60;
    }

    private final JudgingPlan plan;
    private final int slots;
    private final ExposureTotals control;
    private final Tally opponent;
    /** Exposures of the challenger per exposure of control. */
    private final double ratio;

    /** How many times as many exposures it takes to show a gain without any one client. */
    private final double clients;

    /** @param opponent the champion's tally, and control's if both are ℵ₀ */
    public DuelPlanner(JudgingPlan plan, int slots, ExposureTotals control, Tally opponent, double clients) {
        this.plan = plan;
        this.slots = slots;
        this.control = control;
        this.opponent = opponent;
        this.clients = clients;
        ratio = slots * plan.slotShare() / plan.controlShare();
    }

    /** What to plan for if nothing is known. */
    private long usual() {
        return JudgingPlan.DUEL_EXPOSURES * plan.exposures();
    }

    /**
     * @param gain over the champion as measured, in the metric's unit; NaN if unknown
     * @param error its standard error
     * @param alpha error budget of the duel
     */
    Effort effort(double gain, double error, double alpha) {
        return new Effort(slots, shown(real(gain, error), alpha));
    }

    private static double real(double gain, double error) {
        double noise = error / gain;
        return gain * Math.max(LEAST_REAL, 1 - noise * noise);
    }

    /** The exposures of the effort if the metric's range were as wide as control's values spread. */
    long unranged(double gain, double error, double alpha) {
        Moments values = plan.metric().sums(control.goal());
        double spread = SPREAD * Math.sqrt(values.variance());
        double low = Math.max(0, values.mean() - spread);
        double width = Math.min(1, values.mean() + spread) - low;
        Metric metric = plan.metric();
        if (!(width > 0) || metric.aggregate().isQuantile()) {
            return shown(real(gain, error), alpha);
        }
        Range range = new Range(metric.range().value(low), metric.range().value(low + width));
        return shown(
                new Metric(metric.name(), Metric.Aggregate.MEAN, metric.maximized(), range),
                rescaled(metric, control.goal(), low, width),
                rescaled(metric, opponent, low, width),
                real(gain, error),
                alpha);
    }

    /** The values that a mean or ratio is of, as those of a mean over a part of the range. */
    private static Tally rescaled(Metric metric, Tally tally, double low, double width) {
        return Tally.of(metric.sums(tally).rescaled(low, width), LogHistogram.NONE);
    }

    /**
     * Exposures of the challenger until a gain is shown.
     *
     * @param gain over the opponent, in the metric's unit
     * @param alpha error budget of the duel
     */
    public long shown(double gain, double alpha) {
        return shown(plan.metric(), control.goal(), opponent, gain, alpha);
    }

    private long shown(Metric metric, Tally shipped, Tally champion, double gain, double alpha) {
        if (!(gain > 0) || metric.values(shipped) < MIN_VALUES || metric.values(champion) < MIN_VALUES) {
            return usual();
        }
        Tally challenger = shipped.grown(ratio);
        return exposures(clients * new Power(metric, alpha).toShow(challenger, champion, gain));
    }

    /** Exposures until a challenger like control is shown to keep each guardrail. */
    long guarded() {
        long most = usual();
        for (int i = 0; i < plan.guardrails().size(); i++) {
            Guardrail guardrail = plan.guardrails().get(i);
            if (guardrail.metric().values(control.guarded(i)) >= MIN_VALUES) {
                most = Math.max(most, guarded(guardrail, control.guarded(i)));
            }
        }
        return most;
    }

    /**
     * Exposures until a challenger like control is shown to keep a guardrail; at least those of a candidate.
     *
     * @param values of control
     */
    public long guarded(Guardrail guardrail, Tally values) {
        Tally own = values.grown(ratio);
        return exposures(new Power(guardrail.metric(), plan.alpha()).toKeep(own, values, guardrail));
    }

    private long exposures(double growth) {
        double needed = growth * ratio * control.exposures();
        return Double.isNaN(needed)
                ? usual()
                : Math.max(plan.exposures(), (long) Math.min((double) Effort.NEVER, Math.ceil(needed)));
    }
}
