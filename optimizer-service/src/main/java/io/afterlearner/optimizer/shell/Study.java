package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Margin;
import io.afterlearner.optimizer.core.Plan;
import io.afterlearner.optimizer.core.Standing;
import io.afterlearner.optimizer.core.Status;
import io.afterlearner.optimizer.core.StudyState;
import io.afterlearner.schemas.StudySpec;
import org.jspecify.annotations.Nullable;

/** A study a task holds in memory, and what of it was published last. */
final class Study {
    private final StudySpec spec;
    private final StudyState state;
    private long publishedSequence = -1;
    private long publishedNumber = -1;
    private boolean publishedBaseline;
    private Margin publishedMargin = Margin.EMPTY;
    private Status publishedStatus = Status.RUNNING;
    private @Nullable Status tallied;

    Study(StudySpec spec, Plan plan) {
        this.spec = spec;
        this.state = new StudyState(plan, RecordedFailure.OWN);
    }

    StudySpec spec() {
        return spec;
    }

    StudyState state() {
        return state;
    }

    /** Counts it under the status it has now. */
    void tally(Tallies tallies) {
        tallies.moved(tallied, state.status());
        tallied = state.status();
    }

    /** Counts it no more. */
    void untally(Tallies tallies) {
        tallies.moved(tallied, null);
        tallied = null;
    }

    /** Whether what others rely on has changed: the incumbent, the baseline, or the status. */
    boolean hasNews() {
        return state.status() != publishedStatus
                || state.incumbentNumber() != publishedNumber
                || state.hasBaseline() != publishedBaseline;
    }

    /** Whether anything has happened, or was ignored, since the last publication. */
    boolean hasProgress() {
        return state.sequence() != publishedSequence || !state.margin().equals(publishedMargin);
    }

    void published(Standing standing) {
        publishedSequence = standing.sequence();
        publishedNumber = standing.number();
        publishedBaseline = standing.baselineLoss() != null;
        publishedMargin = standing.margin();
        publishedStatus = standing.status();
    }
}
