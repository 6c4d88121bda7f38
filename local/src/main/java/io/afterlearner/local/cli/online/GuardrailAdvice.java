package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.study.keys.OnlineKeys;
import io.afterlearner.study.yaml.Times;
import org.jspecify.annotations.Nullable;

/** Of a guardrail that cannot be shown to be kept: with which limit it can, in the study with all other advice. */
final class GuardrailAdvice {
    private GuardrailAdvice() {}

    /** @param hasSettings whether settings are proposed that make {@code after} of the plan */
    static @Nullable String of(StudyPlan plan, StudyPlan after, int index, boolean hasSettings) {
        Forecast.Guarded before = plan.forecast().guardrails().get(index);
        double stated = plan.online().getGuardrails().get(index).getLimit();
        double limit = after.online().getGuardrails().get(index).getLimit();
        if (before == null || (before.isPossible() && after.guardrails().get(index) != null && limit == stated)) {
            return null;
        }
        String need = before.exposures() >= Effort.NEVER
                ? "can never be shown to be kept"
                : "needs " + Words.counted((double) before.exposures(), "exposure")
                        + " to be shown to be kept, a duel of " + Words.time(before.millis());
        return "online.guardrails[" + index + "]: the limit of " + Words.exact(stated) + " for "
                + StudyPlan.metric(
                        plan.online(), plan.online().getGuardrails().get(index).getMetric())
                + " " + need + "; " + (hasSettings ? "with the settings above, " : "")
                + can(after, index, stated, limit) + waiting(plan, after, index);
    }

    /** With how many exposures per candidate a winner may wait for the limit as it is stated, if a study may last so long. */
    private static String waiting(StudyPlan plan, StudyPlan after, int index) {
        double stated = plan.online().getGuardrails().get(index).getLimit();
        StudyPlan strict = after.with(OnlineSpec.newBuilder(after.online())
                        .setGuardrails(plan.online().getGuardrails())
                        .build())
                .knowing(plan.guardrails());
        Forecast.Guarded guarded = strict.forecast().guardrails().get(index);
        if (guarded == null || guarded.isPossible()) {
            return "";
        }
        double times = guarded.exposures() / (double) strict.judging().longestWait();
        long exposures = Words.roundedUp(times * strict.judging().exposures());
        if (exposures > OnlineRules.MAX_EXPOSURES) {
            return "";
        }
        StudyPlan waiting = Patience.lasting(strict.with(
                OnlineSpec.newBuilder(strict.online()).setExposures(exposures).build()));
        Forecast.Guarded then = waiting.forecast().guardrails().get(index);
        return then != null
                        && then.isPossible()
                        && Patience.isTold(waiting)
                        && then.millis() <= OnlineKeys.MAX_AFTER_MILLIS / 2
                ? "; a winner may wait for the limit of " + Words.exact(stated) + " with online.exposures: " + exposures
                        + (Patience.timeoutMillis(waiting) == Patience.timeoutMillis(after)
                                ? ""
                                : " and evaluation.timeout: " + Times.text(Patience.timeoutMillis(waiting)))
                : "";
    }

    private static String can(StudyPlan after, int index, double stated, double limit) {
        Forecast.Guarded guarded = after.forecast().guardrails().get(index);
        if (guarded != null) {
            return limit == stated
                    ? "a winner may wait for that"
                    : "a limit of " + Words.exact(limit) + " can be shown, which needs "
                            + Words.counted((double) guarded.exposures(), "exposure");
        }
        long most = after.forecast().timing().mostGuardedExposures();
        return most == 0
                ? "the study ends before a duel"
                : "no limit can be shown within the " + Words.counted((double) most, "exposure")
                        + " that a winner may wait";
    }
}
