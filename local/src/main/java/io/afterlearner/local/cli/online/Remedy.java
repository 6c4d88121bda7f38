package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.keys.OnlineKeys;
import io.afterlearner.study.yaml.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings with which a study would promote a lift. The forecast of the study that has them says so.
 *
 * @param before the study as it is
 * @param after the study with these settings
 */
record Remedy(StudyPlan before, StudyPlan after) {
    private static final double LEAST_LIFT = 1e-4;
    /** Foretold times are within a factor of two of the median. */
    private static final long MARGIN = 2;

    /** Empty if the lift is out of reach, because a setting would have to exceed its maximum. */
    static Optional<Remedy> of(StudyPlan plan, double lift) {
        StudyPlan free = unlimited(plan, lift);
        if (free.judging().exposures() > OnlineRules.MAX_EXPOSURES
                || free.spec().getEvaluation().getTimeoutMillis() > OnlineRules.MAX_TIMEOUT_MILLIS
                || free.forecast().promotionMillis(lift) > OnlineKeys.MAX_AFTER_MILLIS) {
            return Optional.empty();
        }
        StudyPlan after = limited(plan, free, lift);
        return after.judging().exposureLimit() <= OnlineRules.MAX_EXPOSURES
                        && after.forecast().obstacle(lift) == Forecast.Obstacle.NONE
                ? Optional.of(new Remedy(plan, after))
                : Optional.empty();
    }

    /** The study with enough exposures for the lift, whether or not so many are allowed, and without limits of its own. */
    static StudyPlan unlimited(StudyPlan plan, double lift) {
        long exposures = plan.judging().exposures();
        long needed = plan.forecast().exposuresFor(lift);
        OnlineSpec online = OnlineSpec.newBuilder(plan.online())
                .setExposures(needed <= exposures ? exposures : Words.roundedUp((double) needed))
                .setExposureLimit(0)
                .setDeadlineMillis(0)
                .build();
        StudyPlan changed =
                plan.with(StudySpec.newBuilder(plan.spec()).setOnline(online).build());
        long candidate = changed.forecast().timing().candidateMillis();
        EvaluationSpec evaluation = changed.spec().getEvaluation();
        if (candidate > evaluation.getTimeoutMillis()) {
            changed = changed.with(StudySpec.newBuilder(changed.spec())
                    .setEvaluation(EvaluationSpec.newBuilder(evaluation)
                            .setTimeoutMillis(Words.settingMillis(candidate))
                            .build())
                    .build());
        }
        // What keeps it from a guardrail is said of the guardrail.
        return changed.forecast().obstacle(lift) == Forecast.Obstacle.GUARDRAIL ? changed.withoutGuardrails() : changed;
    }

    /** The study with the limits that it has now, raised as far as the lift needs. */
    private static StudyPlan limited(StudyPlan plan, StudyPlan free, double lift) {
        long takes = free.forecast().promotionMillis(lift);
        return limited(plan, free, Math.max(takes, Math.min(MARGIN * takes, OnlineKeys.MAX_AFTER_MILLIS)));
    }

    /** Limits with which all candidates are told; empty if they would have to exceed their maximum. */
    static Optional<Remedy> ofSearch(StudyPlan plan) {
        long budget = plan.judging().budget();
        long takes = plan.forecast().timing().searchMillis(budget);
        if (takes > OnlineKeys.MAX_AFTER_MILLIS) {
            return Optional.empty();
        }
        StudyPlan after = limited(plan, plan, takes);
        return after.judging().exposureLimit() <= OnlineRules.MAX_EXPOSURES
                        && after.forecast().timing().candidates() >= budget
                ? Optional.of(new Remedy(plan, after))
                : Optional.empty();
    }

    private static StudyPlan limited(StudyPlan plan, StudyPlan free, long takesMillis) {
        long takes = Words.settingMillis(takesMillis);
        OnlineSpec.Builder online = OnlineSpec.newBuilder(free.online());
        if (plan.judging().deadlineMillis() > 0) {
            long deadline = plan.spec().getCreatedAtMillis() + takes;
            online.setDeadlineMillis(Math.max(plan.judging().deadlineMillis(), deadline));
        }
        if (plan.judging().exposureLimit() > 0) {
            long explored = Words.roundedUp((double) free.forecast().timing().exploredBy(takes));
            online.setExposureLimit(Math.max(plan.judging().exposureLimit(), explored));
        }
        return free.with(
                StudySpec.newBuilder(free.spec()).setOnline(online.build()).build());
    }

    /** The least lift, to 1 %, that is within reach; NaN if none is. */
    static double leastLift(StudyPlan plan) {
        StudyPlan open = plan.withoutGuardrails();
        double enough = open.forecast().mostLift();
        if (!(enough > LEAST_LIFT) || of(open, enough).isEmpty()) {
            return Double.NaN;
        }
        double below = LEAST_LIFT;
        while (enough > 1.01 * below) {
            double middle = Math.sqrt(below * enough);
            if (of(open, middle).isPresent()) {
                enough = middle;
            } else {
                below = middle;
            }
        }
        return enough;
    }

    /** What to set, such as {@code set online.exposures to 276 and evaluation.timeout to 6h}. */
    String settings() {
        List<String> settings = new ArrayList<>();
        long begin = before.spec().getCreatedAtMillis();
        add(
                settings,
                "online.exposures",
                before.judging().exposures(),
                after.judging().exposures());
        add(
                settings,
                "online.stop.exposures",
                before.judging().exposureLimit(),
                after.judging().exposureLimit());
        long deadline = after.judging().deadlineMillis();
        if (deadline != before.judging().deadlineMillis()) {
            settings.add("online.stop.after to " + Times.text(deadline - begin));
        }
        long timeout = after.spec().getEvaluation().getTimeoutMillis();
        if (timeout != before.spec().getEvaluation().getTimeoutMillis()) {
            settings.add("evaluation.timeout to " + Times.text(timeout));
        }
        int last = settings.size() - 1;
        return "set " + (last == 0 ? "" : String.join(", ", settings.subList(0, last)) + " and ") + settings.get(last);
    }

    private static void add(List<String> settings, String key, long from, long to) {
        if (from != to) {
            settings.add(key + " to " + to);
        }
    }

    /** The key of the first setting. */
    String key() {
        return before.judging().exposures() == after.judging().exposures() ? "online.stop" : "online.exposures";
    }
}
