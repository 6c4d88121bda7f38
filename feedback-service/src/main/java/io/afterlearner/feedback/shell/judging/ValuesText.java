package io.afterlearner.feedback.shell.judging;

import static io.afterlearner.feedback.shell.judging.ReasonText.text;

import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.core.metric.Adjustment;
import io.afterlearner.feedback.core.metric.Metric;
import org.jspecify.annotations.Nullable;

/** How the values of a metric count, as text: up to a cap, or adjusted by what their unit did before. */
final class ValuesText {
    private ValuesText() {}

    /** Such as {@code , means of values winsorised at 12.5}; empty if values count as they are. */
    static String of(String before, Metric metric) {
        if (metric.isWinsorised()) {
            return before + text(" values winsorised at %.4g", metric.range().high());
        }
        return adjusts(metric.adjustment()) ? before + " values adjusted by their units' past" : "";
    }

    static String adjusted(Reason.Adjusted adjusted) {
        Metric metric = adjusted.metric();
        Adjustment by = metric.adjustment();
        if (by == null || !adjusts(by)) {
            return text(
                    "values of %s are not adjusted: of %,d, %,d are of units with a past, which explains nothing of them",
                    metric.name(), adjusted.pairs() + adjusted.pairless(), adjusted.pairs());
        }
        return text(
                "values of %s are adjusted from now on by what their unit did before: %.3g times its mean, as far as that is"
                        + " above %.4g, is subtracted; fitted to %,d values of the shipped model",
                metric.name(), by.slope(), metric.range().value(by.mean()), adjusted.pairs());
    }

    static String late(Reason.NotBetterLate late) {
        Reason.Figures f = late.figures();
        String told = "candidate " + late.number() + " was told by early values, which were better than control's; ";
        if (!Double.isFinite(f.loss()) || !Double.isFinite(f.standardError())) {
            return told
                    + text(
                            "of whole windows there are too few values to compare (%,d, and %,d of control)",
                            f.values(), f.otherValues());
        }
        return told
                + text(
                        "now that the windows of its %,d exposures are over, it is %s by %.4g ± %.4g (%,d and %,d values), %s",
                        late.exposures(),
                        f.loss() < 0 ? "better" : "worse",
                        Math.abs(f.loss()),
                        f.standardError(),
                        f.values(),
                        f.otherValues(),
                        verdict(f));
    }

    private static String verdict(Reason.Figures late) {
        if (late.loss() + late.standardError() < 0) {
            return "but not within its guardrails";
        }
        return late.loss() > late.standardError() ? "so its gain was early only" : "which is no sign of a gain";
    }

    private static boolean adjusts(@Nullable Adjustment by) {
        return by != null && by.slope() > 0;
    }

    static String calibrated(Reason.Calibrated calibrated) {
        Metric metric = calibrated.metric();
        String quantile = text(
                "the %s quantile of %,d values of %s with the shipped model is %.4g",
                metric.winsorise(), calibrated.values(), metric.name(), calibrated.quantile());
        return calibrated.quantile() > metric.range().low()
                ? quantile
                        + ": from now on each unit's value counts up to that, in all arms, and candidates are explored"
                : quantile
                        + ", the lower end of the range, so values cannot be winsorised there: exploration is held; create a"
                        + " study with a higher winsorise, or resume this one without";
    }
}
