package io.afterlearner.feedback.core.metric;

/**
 * What must not get worse relative to control.
 *
 * @param metric which says which way is worse
 * @param limit greatest ratio to control's level, least where the metric is maximised; above 0
 */
public record Guardrail(Metric metric, double limit) {

    /** Whether an arm measured within the limit, which shows nothing yet; false of nothing. */
    public boolean seemsKept(Tally arm, Tally control) {
        double allowed = limit * metric.level(control);
        return metric.maximized() ? metric.level(arm) >= allowed : metric.level(arm) <= allowed;
    }

    /** Whether an arm is shown to break it; wrong with a probability of at most alpha, however often one asks. */
    public boolean isBroken(Tally arm, Tally control, double alpha) {
        Comparison comparison = new Comparison(metric, alpha);
        return metric.maximized() ? comparison.isBelow(arm, control, limit) : comparison.isAbove(arm, control, limit);
    }

    /** Whether an arm is shown to keep it; wrong with a probability of at most alpha, however often one asks. */
    public boolean isKept(Tally arm, Tally control, double alpha) {
        Comparison comparison = new Comparison(metric, alpha);
        return metric.maximized() ? comparison.isAbove(arm, control, limit) : comparison.isBelow(arm, control, limit);
    }
}
