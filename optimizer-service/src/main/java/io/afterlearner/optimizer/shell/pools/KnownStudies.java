package io.afterlearner.optimizer.shell.pools;

import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All studies with their incumbents, whichever instance runs them. What a verdict says is not among what it tells. */
public interface KnownStudies {
    /** Pools that have metrics. */
    int MAX_POOLS = 50;

    /** Every study's spec, by name. */
    List<StudySpec> specs();

    /** The pools of all studies, the first {@link #MAX_POOLS} of them. Candidates of online studies have no evaluators, and so no pool. */
    default Set<String> pools() {
        return specs().stream()
                .map(spec -> spec.getEvaluation().getPool())
                .filter(pool -> !pool.equals(OnlineRules.POOL))
                .distinct()
                .limit(MAX_POOLS)
                .collect(Collectors.toSet());
    }

    /** A study's incumbent; for a study that was accepted and has not begun, one that says so. */
    Incumbent incumbent(StudySpec spec);

    /** Whether an evaluator is asked for the verdict on the study, and has not answered. */
    boolean awaitsVerdict(StudySpec spec);

    /** Whether Kafka answered within the last seconds. */
    boolean isCurrent();
}
