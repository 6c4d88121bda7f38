package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Timing;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.yaml.Times;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether {@code evaluation.timeout}, which runs from when a candidate is asked, is as long as candidates take. */
final class Patience {
    private Patience() {}

    static long timeoutMillis(StudyPlan plan) {
        EvaluationSpec evaluation = plan.spec().getEvaluation();
        return evaluation.getTimeoutMillis();
    }

    /** Whether candidates do not expire once the first ones got their slots, with a timeout that is allowed. */
    static boolean isTold(StudyPlan plan) {
        long timeout = timeoutMillis(plan);
        return plan.forecast().timing().candidateMillis() <= timeout && timeout <= OnlineRules.MAX_TIMEOUT_MILLIS;
    }

    /** The same study, whose candidates do not expire before they are told, even if no timeout may be so long. */
    static StudyPlan lasting(StudyPlan plan) {
        long wait = Math.min(OnlineRules.MAX_TIMEOUT_MILLIS, Math.max(firstMillis(plan), duellingMillis(plan)));
        long needed = Math.max(wait, plan.forecast().timing().candidateMillis());
        return needed <= timeoutMillis(plan) ? plan : with(plan, Words.settingMillis(needed));
    }

    private static StudyPlan with(StudyPlan plan, long timeoutMillis) {
        return plan.with(StudySpec.newBuilder(plan.spec())
                .setEvaluation(EvaluationSpec.newBuilder(plan.spec().getEvaluation())
                        .setTimeoutMillis(timeoutMillis)
                        .build())
                .build());
    }

    /** Until the first candidates are told. */
    private static long firstMillis(StudyPlan plan) {
        Timing timing = plan.forecast().timing();
        return timing.calibrationMillis() + timing.candidateMillis();
    }

    /**
     * Until a candidate is told that is asked while there is a duel: as many as before share the slots that the duel leaves. If it leaves
     * none, they wait for its end.
     */
    private static long duellingMillis(StudyPlan plan) {
        JudgingPlan judging = plan.judging();
        Timing timing = plan.forecast().timing();
        long candidate = timing.candidateMillis();
        int left = judging.slots() - judging.duelSlots();
        return left == 0
                ? candidate + timing.duelMillis(timing.mostDuelExposures())
                : (long) Math.ceil(candidate * (double) judging.slots() / left);
    }

    /** @param above settings that are advised anyway */
    static @Nullable String advice(StudyPlan plan, Optional<Remedy> above) {
        StudyPlan lasting = lasting(plan);
        long timeout = timeoutMillis(plan);
        if (timeoutMillis(lasting) == timeout && plan.forecast().expired() == 0) {
            return null;
        }
        return "evaluation.timeout: " + expiry(plan, Times.text(timeout)) + "; "
                + above.map(Patience::above).orElseGet(() -> set(plan, lasting));
    }

    private static String above(Remedy above) {
        long expired = above.after().forecast().expired();
        return Advice.ABOVE
                + (expired == 0
                        ? "candidates are told before"
                        : Words.counted((double) expired, "candidate") + " expire");
    }

    private static String set(StudyPlan plan, StudyPlan lasting) {
        long timeout = timeoutMillis(lasting);
        if (timeout == timeoutMillis(plan) || timeout > OnlineRules.MAX_TIMEOUT_MILLIS) {
            return "the maximum is " + Times.text(OnlineRules.MAX_TIMEOUT_MILLIS);
        }
        long expired = lasting.forecast().expired();
        return "set it to " + Times.text(timeout)
                + (expired == 0
                        ? ""
                        : ", the maximum, with which " + Words.counted((double) expired, "candidate") + " expire");
    }

    private static String expiry(StudyPlan plan, String timeout) {
        Timing timing = plan.forecast().timing();
        String takes = Words.time(timing.candidateMillis());
        long expired = plan.forecast().expired();
        if (timing.candidateMillis() > timeoutMillis(plan)) {
            return "a candidate takes " + takes + " and expires after " + timeout;
        }
        return expired > 0
                ? Words.counted((double) expired, "candidate") + " expire after " + timeout
                        + ", because the first ones wait up to " + Words.time(timing.calibrationMillis())
                        + " for the calibration and take " + takes
                : "a candidate that is asked during a duel takes up to " + Words.time(duellingMillis(plan))
                        + " instead of " + takes + " and expires after " + timeout;
    }
}
