package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.RunPlan;
import io.afterlearner.optimizer.core.Standing;
import io.afterlearner.optimizer.core.StudyMemory;
import io.afterlearner.optimizer.core.StudyState;
import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.afterlearner.optimizer.shell.metrics.MeteredStudy;
import io.afterlearner.schemas.StudySpec;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A study in a task's memory, and what was last published about it. */
final class Study {
    private final StudySpec spec;
    private final StudyState state;
    private final StudyMemory memory;
    private long memoryBytes;
    private long logBytes;
    private @Nullable Standing published;
    private @Nullable MeteredStudy metered;
    /** Candidates with which the study has ended; more than one if it was extended. */
    private final Set<Long> finalCandidates = new HashSet<>();

    /** @param memory that is taken for it */
    Study(StudySpec spec, RunPlan plan, StudyMemory memory) {
        this.spec = spec;
        this.memory = memory;
        this.memoryBytes = memory.bytes();
        this.state = new StudyState(plan, RecordedFailure.OWN);
    }

    String name() {
        return spec.getStudy();
    }

    /** Of this study; records of a deleted one with the same name carry another. */
    long incarnation() {
        return spec.getIncarnation();
    }

    /** Memory that is taken for it. */
    long memoryBytes() {
        return memoryBytes;
    }

    /** Memory that this budget takes beyond {@link #memoryBytes}; 0 or less if it is taken already. */
    long missingBytes(long budget) {
        long wanted = memory.bytes() + (budget - memory.evaluations()) * memory.bytesPerEvaluation();
        return wanted - memoryBytes;
    }

    void took(long moreBytes) {
        memoryBytes += moreBytes;
    }

    void logged(int bytes) {
        logBytes += bytes;
    }

    /** Whether the log is longer than the evaluations need, because commands or reasons filled it. */
    boolean isLogFull() {
        return logBytes > memoryBytes - memory.bytes() + memory.logBytes();
    }

    StudySpec spec() {
        return spec;
    }

    StudyState state() {
        return state;
    }

    /**
     * Whether to ask for a verdict: the study has ended, for the first time with its current incumbent, and has a test split.
     * Call it after each change.
     */
    boolean needsVerdict() {
        return spec.getTest() != null
                && state.status().hasEnded()
                && state.hasBaseline()
                && finalCandidates.add(state.incumbentNumber());
    }

    /** Its part in the metrics, from now until {@link MeteredStudy#gone}. */
    MeteredStudy metered(LoopMetrics metrics) {
        MeteredStudy known = metered;
        if (known == null) {
            known = metrics.study(name(), state.plan().pool());
            metered = known;
        }
        return known;
    }

    /** Whether the incumbent, the baseline or the status has changed since the last publication. */
    boolean hasNews() {
        return published == null
                || state.status() != published.status()
                || state.incumbentNumber() != published.number()
                || state.hasBaseline() != (published.baselineLoss() != null);
    }

    /** Whether anything has happened or was ignored since the last publication. */
    boolean hasProgress() {
        return published == null
                || state.sequence() != published.sequence()
                || !state.bookkeeping().equals(published.bookkeeping());
    }

    void published(Standing standing) {
        published = standing;
    }
}
