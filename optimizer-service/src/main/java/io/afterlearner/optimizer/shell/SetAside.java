package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Event;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.TrialEvent;

/**
 * A study in the log that this process cannot run: it does not fit into the heap, or its spec breaks a limit of this version.
 * Its log is kept, so that a process that can run it resumes the study. Meanwhile it can be stopped and deleted.
 */
final class SetAside {
    private final StudySpec spec;
    private final String reason;
    private StudyStatus status = StudyStatus.PAUSED;
    private boolean published;
    private long sequence = -1;
    private long atMillis;
    private long budget;
    private long asked;
    private long told;
    private long failed;
    private long expired;

    /** @param reason why it cannot run; one line */
    SetAside(StudySpec spec, String reason) {
        this.spec = spec;
        this.reason = reason;
        this.budget = spec.getOptimizer().getBudget();
    }

    StudySpec spec() {
        return spec;
    }

    String reason() {
        return reason;
    }

    boolean isStopped() {
        return status == StudyStatus.STOPPED;
    }

    /** Counts an event of its log. */
    void apply(TrialEvent event) {
        sequence = event.getSequence();
        atMillis = event.getAtMillis();
        switch (event.getType()) {
            case ASKED -> asked++;
            case TOLD -> told++;
            case FAILED -> failed++;
            case EXPIRED -> expired++;
            case EXTENDED, REOPENED -> budget = event.getBudget();
            case STOPPED -> status = StudyStatus.STOPPED;
            case CREATED, SUGGESTED, PAUSED, RESUMED, FINISHED, CENTRED, REVERTED, TAKEN, RELEASED, UNKNOWN -> {
                // These change nothing that is shown.
            }
        }
        published = false;
    }

    /** The event that stops it, and its sequence. */
    TrialEvent stop(String by, String why, long nowMillis) {
        Event.Changed stop =
                new Event.Changed(Math.max(nowMillis, atMillis), Event.Change.STOPPED, 0, new double[0], by, why, null);
        TrialEvent event = Events.record(spec.getStudy(), spec.getIncarnation(), sequence + 1, stop);
        apply(event);
        return event;
    }

    /** Whether the incumbent has changed since the last call. */
    boolean hasNews() {
        boolean news = !published;
        published = true;
        return news;
    }

    /** The incumbent with the counts of the log, but without the best candidate, which is unknown unless the study runs. */
    Incumbent incumbent() {
        return Incumbent.newBuilder(IncumbentRecords.unbegun(spec))
                .setStatus(status)
                .setReason(reason)
                .setSequence(sequence)
                .setAtMillis(atMillis)
                .setBudget(budget)
                .setAsked(asked)
                .setTold(told)
                .setFailed(failed)
                .setExpired(expired)
                .build();
    }
}
