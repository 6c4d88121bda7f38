package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Baseline;
import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.schemas.Guardrail;
import io.afterlearner.schemas.OnlineSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits of guardrails that a study can show to be kept. */
final class Limits {
    private Limits() {}

    /**
     * The study with the strictest limits that it can show in place of those that it cannot. What is known of a guardrail without such
     * a limit is left out.
     */
    static StudyPlan loosened(StudyPlan plan) {
        List<Guardrail> guardrails = new ArrayList<>(plan.online().getGuardrails());
        List<@Nullable Baseline> known = new ArrayList<>(plan.guardrails());
        boolean isChanged = false;
        for (int i = 0; i < guardrails.size(); i++) {
            Forecast.Guarded guarded = plan.forecast().guardrails().get(i);
            if (guarded == null || guarded.isPossible()) {
                continue;
            }
            isChanged = true;
            double limit = Double.isNaN(guarded.possibleLimit())
                    ? 0
                    : Double.parseDouble(Words.limit(guarded.possibleLimit()));
            if (limit > 0) {
                guardrails.set(i, new Guardrail(guardrails.get(i).getMetric(), limit));
            } else {
                known.set(i, null);
            }
        }
        return isChanged ? with(plan, guardrails).knowing(known) : plan;
    }

    /** The study without what is known of guardrails that it cannot show to be kept, whatever their limits are. */
    static StudyPlan possible(StudyPlan plan) {
        List<@Nullable Baseline> known = new ArrayList<>(plan.guardrails());
        for (int i = 0; i < known.size(); i++) {
            Forecast.Guarded guarded = plan.forecast().guardrails().get(i);
            if (guarded != null && !guarded.isPossible()) {
                known.set(i, null);
            }
        }
        return plan.knowing(known);
    }

    /** The guardrails of which something is known before, and nothing after. */
    static List<String> left(StudyPlan before, StudyPlan after) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < before.guardrails().size(); i++) {
            if (before.guardrails().get(i) != null && after.guardrails().get(i) == null) {
                left.add("online.guardrails[" + i + "]");
            }
        }
        return left;
    }

    static boolean areLoosened(StudyPlan before, StudyPlan after) {
        return !before.online().getGuardrails().equals(after.online().getGuardrails());
    }

    private static StudyPlan with(StudyPlan plan, List<Guardrail> guardrails) {
        return plan.with(
                OnlineSpec.newBuilder(plan.online()).setGuardrails(guardrails).build());
    }
}
