package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.forecast.Timing;
import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.report.words.Numbers;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.keys.OnlineKeys;
import io.afterlearner.study.yaml.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a study cannot do as it is, and what would have to change: one line each, which begins with a key of study.yaml. */
public final class Advice {
    private static final String MORE = "send more units, raise online.explore, or use a metric that varies less";

    /** What ends after a year, if nothing ends the study. */
    static final String LATE = "the history of a study is kept for ";

    static final String ABOVE = "with the settings above, ";

    /** The least lift that is planned for unless somebody asks for others. */
    static final double USUAL_LIFT = 0.05;

    private Advice() {}

    /** What can be said of an online study, with or without traffic. */
    public static List<String> of(StudySpec spec, TrafficOptions options) {
        if (!options.areGiven()) {
            return withoutTraffic(spec);
        }
        StudyPlan plan = StudyPlan.of(spec, options);
        return of(plan, plan.usualLifts());
    }

    private static List<String> withoutTraffic(StudySpec spec) {
        OnlineSpec online = Objects.requireNonNull(spec.getOnline());
        JudgingPlan plan = JudgingPlans.plan(spec, online);
        List<String> lines = new ArrayList<>();
        long limit = plan.exposureLimit();
        if (limit > 0 && limit < plan.budget() * plan.exposures()) {
            double all = (double) plan.budget() * plan.exposures();
            lines.add("online.stop.exposures: " + Words.counted((double) limit, "exposure") + " suffice for at most "
                    + limit / plan.exposures() + " of " + plan.budget() + " candidates; "
                    + (all <= OnlineRules.MAX_EXPOSURES ? String.format("raise it to %.0f, or ", all) : "")
                    + "lower optimizer.budget or online.exposures");
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

    /**
     * One list that may be applied as a whole. Its forecasts are those of the study with all settings of the list; a range of a metric
     * makes it faster still.
     *
     * @param lifts that somebody asked for
     */
    static List<String> of(StudyPlan plan, List<Double> lifts) {
        StudyPlan lasting = Patience.lasting(plan);
        double wanted = wanted(lasting, lifts);
        Optional<Remedy> remedy = Double.isNaN(wanted) ? Optional.empty() : Remedy.of(plan, wanted);
        Optional<Remedy> above = remedy.filter(Remedy::hasSettings);
        Remedy search = Remedy.ofSearch(lasting, lifts);
        List<String> lines = new ArrayList<>(Ranges.advice(plan, lifts));
        add(lines, lift(plan, lifts, wanted, remedy));
        add(lines, Patience.advice(plan, above));
        add(lines, CalibrationAdvice.of(plan));
        add(lines, stop(plan, search, above));
        StudyPlan after = remedy.map(Remedy::after).orElse(search.after());
        for (int i = 0; i < plan.guardrails().size(); i++) {
            add(lines, GuardrailAdvice.of(plan, after, i, above.isPresent()));
        }
        add(lines, EarlyAdvice.of(after));
        return lines;
    }

    private static void add(List<String> lines, @Nullable String line) {
        if (line != null) {
            lines.add(line);
        }
    }

    private static @Nullable String stop(StudyPlan plan, Remedy search, Optional<Remedy> above) {
        Timing timing = plan.forecast().timing();
        long scored = timing.candidates();
        long budget = plan.judging().budget();
        if (scored >= budget) {
            return null;
        }
        return "online.stop: it ends the search after " + scored + " of " + budget + " candidates; all of them take "
                + Words.time(timing.searchMillis(budget)) + " and "
                + Words.counted((double) timing.searchExposures(), "exposure") + "; "
                + above.map(Advice::search).orElseGet(() -> search(search, scored));
    }

    private static String search(Remedy above) {
        long told = above.after().forecast().timing().candidates();
        long budget = above.after().judging().budget();
        return ABOVE + (told >= budget ? "all " + budget : told + " of " + budget) + " are told";
    }

    private static String search(Remedy search, long scored) {
        if (!search.hasSettings()) {
            return scored == 0
                    ? "lower online.exposures"
                    : "a lower optimizer.budget would leave fewer exposures to a duel, so nothing is to be changed";
        }
        boolean isFewer =
                search.after().judging().budget() < search.before().judging().budget();
        String others = scored == 0 ? "lower online.exposures" : "set optimizer.budget to " + scored;
        return search.settings() + (isFewer ? "" : ", or " + others);
    }

    /** The lift that takes least among those that are not promoted; NaN if nothing is to be done for a lift. */
    private static double wanted(StudyPlan plan, List<Double> lifts) {
        Forecast forecast = plan.forecast();
        double wanted = most(lifts, lift -> isOutOf(plan, lift));
        if (Double.isNaN(wanted)) {
            wanted = most(lifts, lift -> forecast.obstacle(lift) != Forecast.Obstacle.NONE);
        }
        if (Double.isNaN(wanted) && !Patience.isTold(plan)) {
            wanted = most(lifts, lift -> true);
        }
        boolean isNone = forecast.isPlannedByLift() && Double.isNaN(forecast.detectableLift());
        return Double.isNaN(wanted) && isNone && end(plan) == null ? Reach.leastLift(plan) : wanted;
    }

    private static double most(List<Double> lifts, Predicate<Double> isOf) {
        return lifts.stream()
                .filter(isOf)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.NaN);
    }

    private static boolean isOutOf(StudyPlan plan, double lift) {
        return switch (plan.forecast().obstacle(lift)) {
            case TIMEOUT, EXPOSURES, STOP -> true;
            case GUARDRAIL -> false;
            case NONE -> !Reach.isInTime(plan, lift);
        };
    }

    private static @Nullable String lift(StudyPlan plan, List<Double> lifts, double wanted, Optional<Remedy> remedy) {
        Forecast forecast = plan.forecast();
        if (Double.isNaN(wanted)) {
            String end = end(plan);
            boolean isNone = forecast.isPlannedByLift() && Double.isNaN(forecast.detectableLift());
            return end == null && isNone ? noLift(plan) : end;
        }
        if (remedy.isPresent()) {
            return remedy.get().hasSettings() ? lift(plan, lifts, wanted, remedy.get()) : null;
        }
        return Patience.lasting(plan).forecast().obstacle(wanted) == Forecast.Obstacle.GUARDRAIL
                ? null
                : outOfReach(plan, wanted);
    }

    private static String lift(StudyPlan plan, List<Double> lifts, double wanted, Remedy remedy) {
        boolean isWide = Ranges.ofGoal(plan, lifts) != null;
        List<String> left = Limits.left(plan, remedy.after());
        return remedy.key() + ": " + (isWide ? "with the range as it is, " : "") + can(plan.forecast()) + "; for "
                + Words.leastPercent(wanted) + ", " + remedy.settings() + ": such a lift is then promoted after about "
                + Words.time(remedy.after().forecast().promotionMillis(wanted))
                + (Limits.areLoosened(plan, remedy.after()) ? ", if guardrails have the limits below" : "")
                + (left.isEmpty()
                        ? ""
                        : ", without " + String.join(" and ", left) + ", which cannot be shown to be kept");
    }

    private static String can(Forecast forecast) {
        double least = forecast.detectableLift();
        long most = forecast.timing().mostDuelExposures();
        if (most == 0 || !forecast.isPlannedByLift()) {
            return "the study ends before a duel";
        }
        return Double.isNaN(least)
                ? "no lift can be shown within the " + Words.counted((double) most, "exposure")
                        + " that a duel may have"
                : "a duel can show lifts of " + Words.leastPercent(least) + " or more";
    }

    private static String outOfReach(StudyPlan plan, double wanted) {
        double least = plan.forecast().isPlannedByLift() ? Reach.leastLift(plan) : Double.NaN;
        String tried = Reach.tried(plan);
        return "online.metric: a lift of " + Words.percent(wanted) + " is out of reach with this traffic: "
                + String.join(", and ", excesses(plan, wanted))
                + (tried.isEmpty() ? "" : "; tried in vain: " + tried) + "; "
                + (Double.isNaN(least) ? "" : "plan for lifts of " + Words.leastPercent(least) + " or more, ") + MORE;
    }

    /** What would exceed its maximum. */
    private static List<String> excesses(StudyPlan plan, double lift) {
        if (plan.forecast().duel(lift).exposures() >= Effort.NEVER) {
            return List.of("no number of exposures shows it");
        }
        StudyPlan free = Reach.unlimited(plan, lift, plan.judging().exposures());
        long exposures = free.judging().exposures();
        long candidate = free.forecast().timing().candidateMillis();
        long promotion = free.forecast().promotionMillis(lift);
        List<String> excesses = new ArrayList<>();
        if (exposures > OnlineRules.MAX_EXPOSURES) {
            return List.of("online.exposures would have to be " + Words.number((double) exposures) + " (maximum: "
                    + Words.number((double) OnlineRules.MAX_EXPOSURES) + ")");
        }
        if (candidate > OnlineRules.MAX_TIMEOUT_MILLIS) {
            excesses.add("a candidate with " + Words.counted((double) exposures, "exposure") + " would take "
                    + Words.time(candidate) + " (maximum of evaluation.timeout: "
                    + Times.text(OnlineRules.MAX_TIMEOUT_MILLIS) + ")");
        }
        if (promotion > OnlineKeys.MAX_AFTER_MILLIS) {
            excesses.add("such a lift would be promoted after " + Words.time(promotion) + " ("
                    + (plan.judging().deadlineMillis() > 0 ? "maximum of online.stop.after: " : LATE)
                    + Times.text(OnlineKeys.MAX_AFTER_MILLIS) + ")");
        }
        return excesses.isEmpty() ? List.of("online.stop.exposures would exceed its maximum") : excesses;
    }

    private static String noLift(StudyPlan plan) {
        return "online.metric: no lift is within reach with this traffic, not even one of "
                + Words.percent(plan.forecast().mostLift()) + "; " + MORE;
    }

    /** The end of the metric's range is nearer than usual lifts. */
    private static @Nullable String end(StudyPlan plan) {
        double most = plan.forecast().mostLift();
        if (most >= USUAL_LIFT) {
            return null;
        }
        Metric metric = plan.judging().metric();
        boolean isRate = plan.online().getMetric().getAggregate() == Aggregate.RATE;
        return "online.metric: " + metric.name() + " can " + (metric.maximized() ? "rise" : "fall") + " by at most "
                + Words.percent(most) + ", to "
                + Words.exact(
                        metric.maximized()
                                ? metric.range().high()
                                : metric.range().low())
                + (isRate
                        ? "; report the opposite event with goal: minimize, whose rate of "
                                + Numbers.of(1 - plan.forecast().level()) + " can fall by up to 100 %"
                        : "; give a range that ends farther from the baseline");
    }
}
