package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Least;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.keys.OnlineKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which lifts a study could promote if its limits, its exposures and, where that does not do, its optimizer were others. */
final class Reach {
    private static final double LEAST_LIFT = 1e-4;
    /** Fewer candidates are no search. */
    private static final long LEAST_BUDGET = 10;

    private Reach() {}

    /** The study without limits and as if nothing were known of its guardrails, changed as little as the lift needs; empty if none does. */
    static Optional<StudyPlan> of(StudyPlan plan, double lift) {
        StudyPlan open = plan.withoutGuardrails();
        OptimizerSpec optimizer = plan.spec().getOptimizer();
        for (long budget : budgets(plan)) {
            for (int parallelism : parallelisms(optimizer.getParallelism())) {
                StudyPlan shape = with(open, parallelism, budget);
                for (long least : new TreeSet<>(List.of(plan.judging().exposures(), least(plan))).descendingSet()) {
                    StudyPlan free = unlimited(shape, lift, least);
                    if (isWithin(free, lift)) {
                        return Optional.of(free);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isWithin(StudyPlan free, double lift) {
        return free.judging().exposures() <= OnlineRules.MAX_EXPOSURES && Patience.isTold(free) && isInTime(free, lift);
    }

    /** Whether the lift is promoted, and before the longest study ends. */
    static boolean isInTime(StudyPlan plan, double lift) {
        return plan.forecast().promotionMillis(lift) <= OnlineKeys.MAX_AFTER_MILLIS;
    }

    /** With enough exposures for the lift, whether or not so many are allowed, and without limits of its own. */
    static StudyPlan unlimited(StudyPlan plan, double lift, long leastExposures) {
        long needed = plan.forecast().exposuresFor(lift);
        return Patience.lasting(plan.withoutGuardrails()
                .with(OnlineSpec.newBuilder(plan.online())
                        .setExposures(needed <= leastExposures ? leastExposures : Words.roundedUp((double) needed))
                        .setExposureLimit(0)
                        .setDeadlineMillis(0)
                        .build()));
    }

    /** The study's own budget first, and then lower ones. */
    private static List<Long> budgets(StudyPlan plan) {
        List<Long> budgets = new ArrayList<>();
        long least = leastBudget(plan);
        long budget = plan.judging().budget();
        while (budget > least) {
            budgets.add(budget);
            budget = budget * 3 / 4;
        }
        budgets.add(Math.min(least, plan.judging().budget()));
        return budgets;
    }

    private static long leastBudget(StudyPlan plan) {
        return Math.max(LEAST_BUDGET, plan.spec().getOptimizer().getRuns());
    }

    /** The study's own parallelism first, and then lower ones. */
    private static List<Integer> parallelisms(int most) {
        List<Integer> all = new ArrayList<>();
        for (int parallelism = most; parallelism >= 1; parallelism /= 2) {
            all.add(parallelism);
        }
        return all;
    }

    private static long least(StudyPlan plan) {
        return Math.min(plan.judging().exposures(), JudgingPlan.MIN_CONTROL_EXPOSURES);
    }

    /** What was tried in vain for a lift that is out of reach, beside more exposures; empty if there is nothing. */
    static String tried(StudyPlan plan) {
        List<String> tried = new ArrayList<>();
        if (least(plan) < plan.judging().exposures()) {
            tried.add("fewer online.exposures");
        }
        List<Integer> lower = parallelisms(plan.spec().getOptimizer().getParallelism());
        if (lower.size() > 1) {
            tried.add("optimizer.parallelism down to 1");
        }
        if (leastBudget(plan) < plan.judging().budget()) {
            tried.add("optimizer.budget down to " + leastBudget(plan));
        }
        return String.join(", ", tried);
    }

    static StudyPlan with(StudyPlan plan, int parallelism, long budget) {
        OptimizerSpec optimizer = plan.spec().getOptimizer();
        return optimizer.getParallelism() == parallelism && optimizer.getBudget() == budget
                ? plan
                : plan.with(StudySpec.newBuilder(plan.spec())
                        .setOptimizer(OptimizerSpec.newBuilder(optimizer)
                                .setParallelism(parallelism)
                                .setBudget(budget)
                                .build())
                        .build());
    }

    /** The least lift, to three digits, that is within reach; NaN if none is. */
    static double leastLift(StudyPlan plan) {
        double most = plan.forecast().mostLift();
        if (!(most > LEAST_LIFT) || of(plan, most).isEmpty()) {
            return Double.NaN;
        }
        return Least.digits(LEAST_LIFT, most, lift -> of(plan, lift).isPresent());
    }
}
