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

    /** Whether a timeout may be so long that candidates do not expire. */
    static boolean isTold(StudyPlan plan) {
        return plan.forecast().expired() == 0 && timeoutMillis(plan) <= OnlineRules.MAX_TIMEOUT_MILLIS;
    }

    /** The same study, whose candidates do not expire before they are told, even if no timeout may be so long. */
    static StudyPlan lasting(StudyPlan plan) {
        long needed = Math.max(firstMillis(plan), Math.min(duellingMillis(plan), OnlineRules.MAX_TIMEOUT_MILLIS));
        return needed <= timeoutMillis(plan)
                ? plan
                : plan.with(StudySpec.newBuilder(plan.spec())
                        .setEvaluation(EvaluationSpec.newBuilder(plan.spec().getEvaluation())
                                .setTimeoutMillis(Words.settingMillis(needed))
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
        if (timeoutMillis(lasting) == timeout) {
            return null;
        }
        String fix = above.isPresent()
                ? Advice.ABOVE + "candidates are told before"
                : timeoutMillis(lasting) <= OnlineRules.MAX_TIMEOUT_MILLIS
                        ? "set it to " + Times.text(timeoutMillis(lasting))
                        : "the maximum is " + Times.text(OnlineRules.MAX_TIMEOUT_MILLIS);
        return "evaluation.timeout: " + expiry(plan, Times.text(timeout)) + "; " + fix;
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
