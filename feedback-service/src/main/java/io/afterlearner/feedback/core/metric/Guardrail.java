package io.afterlearner.feedback.core.metric;

/**
 * A metric that must not get worse than a limit relative to control.
 *
 * @param limit maximum ratio to control's level (minimum if the metric is maximised); above 0
 */
public record Guardrail(Metric metric, double limit) {

    /** Whether the measured level is within the limit, significant or not; false without values. */
    public boolean measuresWithin(Tally arm, Tally control) {
        double allowed = limit * metric.level(control);
        return metric.maximized() ? metric.level(arm) >= allowed : metric.level(arm) <= allowed;
    }

    /** Whether both have a level. */
    public boolean isMeasured(Tally arm, Tally control) {
        return !Double.isNaN(metric.level(arm)) && !Double.isNaN(metric.level(control));
    }

    /** Whether an arm breaks it significantly; false positive probability of at most alpha over all calls. */
    public boolean isBroken(Tally arm, Tally control, double alpha) {
        Comparison comparison = new Comparison(metric, alpha);
        return metric.maximized() ? comparison.isBelow(arm, control, limit) : comparison.isAbove(arm, control, limit);
    }

    /** Whether an arm keeps it significantly; false positive probability of at most alpha over all calls. */
    public boolean isKept(Tally arm, Tally control, double alpha) {
        Comparison comparison = new Comparison(metric, alpha);
        return metric.maximized() ? comparison.isAbove(arm, control, limit) : comparison.isBelow(arm, control, limit);
    }
}
