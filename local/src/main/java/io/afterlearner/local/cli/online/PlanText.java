package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.forecast.Timing;
import io.afterlearner.feedback.core.forecast.Traffic;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.metric.Calibration;
import io.afterlearner.local.cli.console.Table;
import io.afterlearner.report.words.Numbers;
import io.afterlearner.study.keys.OnlineKeys;
import io.afterlearner.study.yaml.Times;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan for people. */
final class PlanText {
    private static final String NO_LIFTS =
            "no lift is planned: the baseline is too near to the end of the metric's range\n";

    private PlanText() {}

    static String of(StudyPlan plan, List<Double> lifts, List<String> advice) {
        StringBuilder text = new StringBuilder(summary(plan).toString());
        text.append('\n').append(lifts.isEmpty() ? NO_LIFTS : duels(plan, lifts).toString());
        if (!plan.forecast().guardrails().isEmpty()) {
            text.append('\n').append(guardrails(plan));
        }
        if (!advice.isEmpty()) {
            text.append("\nTo change:\n");
            advice.forEach(line -> text.append("- ").append(line).append('\n'));
        }
        return text.toString();
    }

    private static Table summary(StudyPlan plan) {
        Forecast forecast = plan.forecast();
        Timing timing = forecast.timing();
        Table table = new Table("study", plan.spec().getName()).lastWhole();
        table.row("traffic", traffic(plan));
        table.row("baseline", metric(plan) + " " + Numbers.of(forecast.level()));
        if (plan.judging().metric().isWinsorised()) {
            table.row(
                    "winsorised",
                    "at the " + plan.judging().metric().winsorise() + " quantile of control's first "
                            + Words.count(
                                    Calibration.needed(plan.judging().metric().winsorise())) + " values, which takes "
                            + Words.time(timing.calibrationMillis())
                            + "; baseline and sd must be those of values capped there");
        }
        if (plan.judging().metric().isAdjusted()) {
            table.row(
                    "adjusted",
                    "by what units did before, fitted to the study's first values, which takes at most "
                            + Words.time(timing.calibrationMillis())
                            + "; how many exposures that saves is not known yet, so these are the figures without it");
        }
        if (plan.judging().isToldEarly()) {
            table.row(
                    "told",
                    Times.text(plan.judging().earlyMillis()) + " after each exposure; the best wait "
                            + Words.time(timing.lateMillis())
                            + " more for their duel, until their windows are over and late reports are in");
        }
        table.row(
                "a candidate",
                Words.counted((double) plan.judging().exposures(), "exposure") + ", "
                        + Words.time(timing.candidateMillis())
                        + (timing.candidateMillis() > Patience.timeoutMillis(plan)
                                ? ", but it expires after " + Times.text(Patience.timeoutMillis(plan))
                                : ""));
        table.row(
                plan.judging().budget() == 1 ? "1 candidate" : plan.judging().budget() + " candidates",
                Words.time(timing.searchMillis(plan.judging().budget())) + " without duels; "
                        + duelling(plan.judging()));
        table.row(
                "a duel",
                timing.mostDuelExposures() == 0
                        ? "none: online.stop ends the study before"
                        : "at most " + Words.counted((double) timing.mostDuelExposures(), "exposure"));
        if (forecast.isPlannedByLift()) {
            double least = forecast.detectableLift();
            table.row(
                    "least lift",
                    Double.isNaN(least)
                            ? "none can be shown"
                            : Words.leastPercent(least) + ", to "
                                    + Numbers.of(forecast.duel(least).level())
                                    + ", which a duel shows with a probability of 80 %");
        }
        if (timing.rampMillis() > 0) {
            table.row("ramp", Words.time(timing.rampMillis()) + " until a new champion serves all its units");
        }
        return table;
    }

    private static String traffic(StudyPlan plan) {
        Traffic traffic = plan.traffic();
        if (plan.isSliced()) {
            return Words.counted(traffic.drawsPerDay(), "slice") + " a day, one observation each";
        }
        double days = traffic.horizonMillis() / (double) Duration.ofDays(1).toMillis();
        return Words.counted(traffic.drawsPerDay(), "observation") + " a day"
                + (days > 1
                        ? ": one of each of the " + Words.counted(days * traffic.drawsPerDay(), "unit")
                                + " that come within a horizon of " + Times.text(traffic.horizonMillis())
                        : "");
    }

    private static String duelling(JudgingPlan plan) {
        return plan.slots() == 1
                ? "they wait while there is a duel"
                : "a duel takes " + plan.duelSlots() + " of " + plan.slots() + " slots";
    }

    private static Table duels(StudyPlan plan, List<Double> lifts) {
        Table table = new Table("lift", metric(plan), "exposures", "duel", "promoted after", "").lastWhole();
        for (double lift : lifts) {
            Forecast.Duel duel = plan.forecast().duel(lift);
            table.row(
                    Words.percent(lift),
                    Numbers.of(duel.level()),
                    Words.count(duel.exposures()),
                    Words.time(duel.millis()),
                    plan.forecast().obstacle(lift) == Forecast.Obstacle.NONE
                            ? Words.time(plan.forecast().promotionMillis(lift))
                            : "–",
                    obstacle(plan, lift));
        }
        return table;
    }

    private static String obstacle(StudyPlan plan, double lift) {
        return switch (plan.forecast().obstacle(lift)) {
            case NONE -> Reach.isInTime(plan, lift) ? "" : Advice.LATE + Times.text(OnlineKeys.MAX_AFTER_MILLIS);
            case TIMEOUT -> "candidates expire before they are told: evaluation.timeout";
            case EXPOSURES -> "not tried: more exposures than a duel may have";
            case STOP -> "not before online.stop ends the study";
            case GUARDRAIL -> "a guardrail cannot be shown to be kept";
        };
    }

    private static Table guardrails(StudyPlan plan) {
        Table table = new Table("guardrail", "limit", "exposures", "duel", "").lastWhole();
        List<Forecast.@Nullable Guarded> guardrails = plan.forecast().guardrails();
        for (int i = 0; i < guardrails.size(); i++) {
            io.afterlearner.schemas.Guardrail stated =
                    plan.online().getGuardrails().get(i);
            String name = stated.getMetric().getName();
            Forecast.Guarded guarded = guardrails.get(i);
            table.row(
                    StudyPlan.metric(plan.online(), stated.getMetric()),
                    stated.getLimit(),
                    guarded == null ? "?" : Words.count(guarded.exposures()),
                    guarded == null ? "?" : Words.time(guarded.millis()),
                    guarded == null
                            ? "unknown: add --guardrail " + name + "=" + StatedBaselines.form(stated.getMetric())
                            : guarded.isPossible() ? "can be shown to be kept" : "cannot be shown to be kept");
        }
        return table;
    }

    private static String metric(StudyPlan plan) {
        return StudyPlan.metric(plan.online(), plan.online().getMetric());
    }
}
