package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All guardrails of a study. */
final class GuardrailChecks {

    private GuardrailChecks() {}

    /** The first guardrail that a trial is shown to break, in a sentence with its figures; null if none. */
    static @Nullable String broken(JudgingPlan plan, ArmMeasurement trial) {
        List<Guardrail> guardrails = plan.guardrails();
        for (int i = 0; i < guardrails.size(); i++) {
            Tally own = trial.own().guarded(i);
            Tally control = trial.control().guarded(i);
            if (guardrails.get(i).isBroken(own, control, plan.breakAlpha())) {
                return sentence(guardrails.get(i), own, control);
            }
        }
        return null;
    }

    /** Whether each measured within its limit. */
    static boolean seemsKept(JudgingPlan plan, ArmMeasurement trial) {
        List<Guardrail> guardrails = plan.guardrails();
        for (int i = 0; i < guardrails.size(); i++) {
            if (!guardrails
                    .get(i)
                    .seemsKept(trial.own().guarded(i), trial.control().guarded(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether one measured outside its limit; false where nothing was measured. */
    static boolean seemsBroken(JudgingPlan plan, ArmMeasurement trial) {
        for (int i = 0; i < plan.guardrails().size(); i++) {
            Tally own = trial.own().guarded(i);
            Tally control = trial.control().guarded(i);
            if (own.count() > 0
                    && control.count() > 0
                    && !plan.guardrails().get(i).seemsKept(own, control)) {
                return true;
            }
        }
        return false;
    }

    /** Whether each is shown to be kept. */
    static boolean isKept(JudgingPlan plan, ArmMeasurement trial) {
        List<Guardrail> guardrails = plan.guardrails();
        for (int i = 0; i < guardrails.size(); i++) {
            if (!guardrails
                    .get(i)
                    .isKept(trial.own().guarded(i), trial.control().guarded(i), plan.alpha())) {
                return false;
            }
        }
        return true;
    }

    private static String sentence(Guardrail guardrail, Tally own, Tally control) {
        Metric metric = guardrail.metric();
        return String.format(
                Locale.ROOT,
                "guardrail broken: %s of %s is %.4g where control's is %.4g, and %s %.4g times that is allowed (%d and %d values)",
                metric.aggregate(),
                metric.name(),
                metric.level(own),
                metric.level(control),
                metric.maximized() ? "no less than" : "no more than",
                guardrail.limit(),
                own.count(),
                control.count());
    }
}
