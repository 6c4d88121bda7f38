package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.study.yaml.Times;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of a study most of whose time is spent on waiting for its candidates' windows. */
final class EarlyAdvice {
    private static final List<Duration> TIMES =
            List.of(Duration.ofDays(3), Duration.ofDays(1), Duration.ofHours(6), Duration.ofHours(1));
    /** An earlier time than that part of the window is worth a try. */
    private static final long PART = 7;
    /** How many times as fast the search has to become. */
    private static final double FASTER = 2;

    private EarlyAdvice() {}

    static @Nullable String of(StudyPlan plan) {
        Metric metric = plan.judging().metric();
        long window = plan.judging().windowMillis();
        if (plan.judging().isToldEarly() || plan.isSliced() || metric.isWinsorised() || metric.isAdjusted()) {
            return null;
        }
        return TIMES.stream()
                .map(Duration::toMillis)
                .filter(early -> early <= window / PART)
                .findFirst()
                .map(early -> line(plan, early))
                .orElse(null);
    }

    private static @Nullable String line(StudyPlan plan, long early) {
        StudyPlan after = plan.with(
                OnlineSpec.newBuilder(plan.online()).setTellAfterMillis(early).build());
        long budget = plan.judging().budget();
        long before = plan.forecast().timing().searchMillis(budget);
        long search = after.forecast().timing().searchMillis(budget);
        return FASTER * search > before
                ? null
                : "online.tellAfter: each candidate waits for its window of "
                        + Times.text(plan.judging().windowMillis()) + "; with tellAfter: " + Times.text(early)
                        + ", all "
                        + budget + " are scored after about " + Words.time(search) + " instead of " + Words.time(before)
                        + ", by what is reported until then";
    }
}
