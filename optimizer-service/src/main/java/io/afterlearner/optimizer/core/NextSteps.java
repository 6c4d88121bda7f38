package io.afterlearner.optimizer.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a study does without being told: ask, finish, or stop because no result can help. */
final class NextSteps {

    private NextSteps() {}

    /** The events that follow from the state alone; none if the study has to wait. */
    static List<Event> due(StudyState state, long at) {
        if (state.status().hasEnded()) {
            return List.of();
        }
        String pointless = pointless(state);
        if (pointless != null) {
            return stop(state, at, null, pointless);
        }
        boolean spent = state.asked() >= state.budget();
        if (spent && state.outstandingCount() == 0) {
            return List.of(new Event.Finished(at));
        }
        boolean room = state.outstandingCount() < state.plan().parallelism();
        return spent || !room || state.status() != Status.RUNNING
                ? List.of()
                : List.of(new Event.Asked(at, state.asked(), state.proposal()));
    }

    /** Everything outstanding expires, and the study ends. */
    static List<Event> stop(StudyState state, long at, @Nullable String by, String reason) {
        Failure stopped = state.failures.studyStopped();
        List<Event> events = new ArrayList<>();
        state.outstanding().numbers().forEach(n -> events.add(new Event.Expired(at, n, stopped)));
        events.add(new Event.Stopped(at, by, reason));
        return events;
    }

    /**
     * Why no further result can help; null while one may. An online study never stops for this reason: there a candidate
     * fails because users were worse off with it, or because a person stopped it, not because measuring is broken. It goes
     * on to the end of its budget, from where it can be extended; a stopped study cannot.
     */
    private static @Nullable String pointless(StudyState state) {
        if (state.plan().online()) {
            return null;
        }
        Failure baseline = state.baselineFailure();
        if (baseline != null) {
            return Limits.reason("candidate 0, the model as shipped, could not be measured, so nothing can be compared"
                    + " with it: " + baseline.text());
        }
        Failure latest = state.latestFailure();
        if (latest != null && state.told() == 0 && state.missed() >= Limits.FAILURES_TO_BEGIN_WITH) {
            return Limits.reason(
                    "the first " + state.missed() + " candidates all failed, the last one: " + latest.text());
        }
        return null;
    }
}
