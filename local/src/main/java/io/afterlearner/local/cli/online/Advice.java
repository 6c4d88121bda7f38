package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.forecast.Timing;
import io.afterlearner.feedback.core.judge.Effort;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.yaml.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a study cannot do as it is, and what would have to change: one line each, which begins with a key of study.yaml. */
public final class Advice {
    private Advice() {}

    /** What can be said of an online study, with or without traffic. */
    public static List<String> of(StudySpec spec, TrafficOptions options) {
        return options.areGiven() ? of(StudyPlan.of(spec, options), List.of()) : withoutTraffic(spec);
    }

    private static List<String> withoutTraffic(StudySpec spec) {
        OnlineSpec online = Objects.requireNonNull(spec.getOnline());
        JudgingPlan plan = JudgingPlans.plan(spec, online);
        List<String> lines = new ArrayList<>();
        long limit = plan.exposureLimit();
        if (limit > 0 && limit < plan.budget() * plan.exposures()) {
            lines.add(String.format(
                    "online.stop.exposures: %s exposures suffice for at most %s of %s candidates; raise it to %s, or lower"
                            + " optimizer.budget or online.exposures",
                    Words.count(limit), limit / plan.exposures(), plan.budget(), plan.budget() * plan.exposures()));
        }
        long left = plan.deadlineMillis() - spec.getCreatedAtMillis();
        long run = Math.max(plan.pace().minimumRunMillis(), plan.pace().cycleMillis()) + plan.windowMillis();
        if (plan.deadlineMillis() > 0 && left <= run) {
            lines.add("online.stop.after: nothing can be promoted within " + Times.text(left)
                    + ", because a duel lasts at least " + Times.text(run)
                    + " (minimumRun, cycle, window); raise it, or lower online.minimumRun or online.cycle");
        }
        return lines;
    }

    /** @param lifts that somebody asked for */
    static List<String> of(StudyPlan plan, List<Double> lifts) {
        List<String> lines = new ArrayList<>();
        add(lines, timeout(plan));
        add(lines, stop(plan));
        add(lines, lift(plan, lifts));
        List<Forecast.@Nullable Guarded> guardrails = plan.forecast().guardrails();
        for (int i = 0; i < guardrails.size(); i++) {
            add(lines, guardrail(plan, i, guardrails.get(i)));
        }
        return lines;
    }

    private static void add(List<String> lines, @Nullable String line) {
        if (line != null) {
            lines.add(line);
        }
    }

    private static @Nullable String timeout(StudyPlan plan) {
        long timeout = plan.spec().getEvaluation().getTimeoutMillis();
        long needed = plan.forecast().timing().candidateMillis();
        if (needed <= timeout) {
            return null;
        }
        String fix = needed <= OnlineRules.MAX_TIMEOUT_MILLIS
                ? "set it to " + Words.setting(needed)
                : "lower online.exposures or optimizer.parallelism, or raise online.explore";
        return "evaluation.timeout: a candidate takes " + Words.time(needed) + " and expires after "
                + Times.text(timeout) + "; " + fix;
    }

    private static @Nullable String stop(StudyPlan plan) {
        Timing timing = plan.forecast().timing();
        long told = timing.candidates();
        long budget = plan.judging().budget();
        return told >= budget
                ? null
                : "online.stop: it ends the search after " + told + " of " + budget + " candidates; all of them take "
                        + Words.time(timing.searchMillis(budget)) + " and " + Words.count(timing.searchExposures())
                        + " exposures: raise it, or "
                        + (told == 0 ? "lower online.exposures" : "set optimizer.budget to " + told);
    }

    private static @Nullable String lift(StudyPlan plan, List<Double> lifts) {
        Forecast forecast = plan.forecast();
        double hardest = lifts.stream()
                .filter(lift -> !forecast.duel(lift).isTried())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.NaN);
        boolean isNone = Double.isNaN(forecast.detectableLift());
        if (Double.isNaN(hardest) && !(isNone && forecast.isPlannedByLift())) {
            return null;
        }
        String can = isNone
                ? "no lift can be shown within the "
                        + Words.count(forecast.timing().mostDuelExposures()) + " exposures that a duel may have"
                : "a duel can show lifts of " + Words.percent(forecast.detectableLift()) + " or more";
        if (Double.isNaN(hardest) || forecast.duel(hardest).exposures() >= Effort.NEVER) {
            return "online.exposures: " + can + "; raise online.exposures, and online.stop if there is one";
        }
        long exposures = forecast.exposuresFor(hardest);
        return exposures > plan.judging().exposures()
                ? "online.exposures: " + can + "; " + exposures + " would allow duels for " + Words.percent(hardest)
                        + ", of " + Words.time(forecast.duel(hardest).millis())
                : "online.stop: " + can + "; a duel for " + Words.percent(hardest) + " takes "
                        + Words.time(forecast.duel(hardest).millis()) + ", raise it";
    }

    private static @Nullable String guardrail(StudyPlan plan, int index, Forecast.@Nullable Guarded guarded) {
        if (guarded == null || guarded.isPossible()) {
            return null;
        }
        String can = Double.isNaN(guarded.possibleLimit())
                ? "no limit can be shown with this traffic"
                : "a limit of " + Words.limit(guarded.possibleLimit()) + " could be shown";
        String need = guarded.exposures() >= Effort.NEVER
                ? "can never be shown to be kept"
                : "needs " + Words.count(guarded.exposures()) + " exposures to be shown to be kept, a duel of "
                        + Words.time(guarded.millis());
        return "online.guardrails[" + index + "]: limit " + guarded.guardrail().limit() + " for "
                + StudyPlan.metric(
                        plan.online(), plan.online().getGuardrails().get(index).getMetric()) + " " + need + "; " + can
                + " within " + Words.count(plan.forecast().timing().mostGuardedExposures()) + " exposures";
    }
}
