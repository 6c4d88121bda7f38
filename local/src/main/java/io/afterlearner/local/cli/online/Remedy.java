package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.study.keys.OnlineKeys;
import io.afterlearner.study.yaml.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings with which a study would do what it does not do as it is. The forecast of the study that has all of them says so.
 *
 * @param before the study as it is
 * @param after the study with these settings, and with limits of guardrails that can be shown to be kept
 */
record Remedy(StudyPlan before, StudyPlan after) {
    /** Foretold times are within a factor of two of the median. */
    private static final long MARGIN = 2;
    /** A limit of a guardrail is fitted to the time that there is, which takes whole cycles. */
    private static final int FITS = 5;

    /** A study that promotes the lift and, if possible, tells all its candidates; empty if the lift is out of reach. */
    static Optional<Remedy> of(StudyPlan plan, double lift) {
        StudyPlan loosened = Limits.loosened(Patience.lasting(plan));
        if (Limits.left(plan, loosened).isEmpty() && Patience.isTold(loosened) && Reach.isInTime(loosened, lift)) {
            return Optional.of(new Remedy(plan, searching(loosened, List.of(lift))));
        }
        return Reach.of(plan, lift)
                .map(free -> limited(plan, fitted(plan, free, lift), lift))
                .filter(after -> after.judging().exposureLimit() <= OnlineRules.MAX_EXPOSURES
                        && after.forecast().obstacle(lift) == Forecast.Obstacle.NONE)
                .map(after -> new Remedy(plan, searching(after, List.of(lift))));
    }

    /** A study whose candidates are all told, because its limits are raised or its budget is lowered, and that promotes what it did. */
    static Remedy ofSearch(StudyPlan plan, List<Double> lifts) {
        return new Remedy(plan, Limits.loosened(searching(plan, lifts)));
    }

    private static StudyPlan searching(StudyPlan plan, List<Double> lifts) {
        long budget = plan.judging().budget();
        long scored = plan.forecast().timing().candidates();
        if (scored >= budget) {
            return plan;
        }
        long takes = plan.forecast().timing().searchMillis(budget);
        if (takes <= OnlineKeys.MAX_AFTER_MILLIS) {
            StudyPlan longer = limited(plan, plan, takes);
            if (longer.judging().exposureLimit() <= OnlineRules.MAX_EXPOSURES
                    && longer.forecast().timing().candidates() >= budget) {
                return longer;
            }
        }
        if (scored < plan.spec().getOptimizer().getRuns()) {
            return plan;
        }
        StudyPlan fewer = Reach.with(plan, plan.spec().getOptimizer().getParallelism(), scored);
        boolean isAsGood = lifts.stream()
                .allMatch(lift -> fewer.forecast().obstacle(lift) == Forecast.Obstacle.NONE
                        || plan.forecast().obstacle(lift) != Forecast.Obstacle.NONE);
        return isAsGood ? fewer : plan;
    }

    /** With limits of guardrails that take at most twice the time of the lift itself, and leave a margin before the longest study ends. */
    private static StudyPlan fitted(StudyPlan plan, StudyPlan free, double lift) {
        StudyPlan known = free.knowing(plan.guardrails());
        StudyPlan possible = Limits.possible(known);
        StudyPlan kept = possible.forecast().promotionMillis(lift) <= OnlineKeys.MAX_AFTER_MILLIS ? possible : free;
        long takes = kept.forecast().promotionMillis(lift);
        long most = Math.max(takes, Math.min(MARGIN * takes, OnlineKeys.MAX_AFTER_MILLIS / MARGIN));
        long within = most;
        for (int i = 0; i < FITS && within > 0; i++) {
            StudyPlan fitted = Limits.loosened(ending(known, within));
            StudyPlan open = ending(fitted, 0).knowing(fitted.guardrails());
            long over = open.forecast().promotionMillis(lift) - most;
            if (over <= 0) {
                return open;
            }
            within -= over;
        }
        return kept;
    }

    private static StudyPlan ending(StudyPlan plan, long afterMillis) {
        return plan.with(OnlineSpec.newBuilder(plan.online())
                .setDeadlineMillis(afterMillis == 0 ? 0 : plan.spec().getCreatedAtMillis() + afterMillis)
                .build());
    }

    /** The study with the limits that it has now, raised as far as the lift needs. */
    private static StudyPlan limited(StudyPlan plan, StudyPlan free, double lift) {
        long takes = free.forecast().promotionMillis(lift);
        return limited(plan, free, Math.max(takes, Math.min(MARGIN * takes, OnlineKeys.MAX_AFTER_MILLIS)));
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
        return free.with(online.build());
    }

    /** Whether anything but limits of guardrails changes. */
    boolean hasSettings() {
        return !changes().isEmpty();
    }

    /** What to set, such as {@code set online.exposures to 276 and evaluation.timeout to 6h}. */
    String settings() {
        List<String> changes = changes();
        int last = changes.size() - 1;
        return "set " + (last == 0 ? "" : String.join(", ", changes.subList(0, last)) + " and ") + changes.get(last);
    }

    private List<String> changes() {
        List<String> changes = new ArrayList<>();
        OptimizerSpec optimizer = before.spec().getOptimizer();
        OptimizerSpec changed = after.spec().getOptimizer();
        add(
                changes,
                "online.exposures",
                before.judging().exposures(),
                after.judging().exposures());
        add(changes, "optimizer.parallelism", optimizer.getParallelism(), changed.getParallelism());
        add(changes, "optimizer.budget", optimizer.getBudget(), changed.getBudget());
        add(
                changes,
                "online.stop.exposures",
                before.judging().exposureLimit(),
                after.judging().exposureLimit());
        long deadline = after.judging().deadlineMillis();
        if (deadline != before.judging().deadlineMillis()) {
            changes.add("online.stop.after to "
                    + Times.text(deadline - before.spec().getCreatedAtMillis()));
        }
        long timeout = Patience.timeoutMillis(after);
        if (timeout != Patience.timeoutMillis(before)) {
            changes.add("evaluation.timeout to " + Times.text(timeout));
        }
        return changes;
    }

    private static void add(List<String> changes, String key, long from, long to) {
        if (from != to) {
            changes.add(key + " to " + to);
        }
    }

    /** The key of the first setting. */
    String key() {
        String first = changes().get(0);
        String key = first.substring(0, first.indexOf(' '));
        return key.startsWith("online.stop.") ? "online.stop" : key;
    }
}
