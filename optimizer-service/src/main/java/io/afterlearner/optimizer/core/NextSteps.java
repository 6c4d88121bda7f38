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
        Failure fatal = state.plan().online() ? null : fatal(state);
        if (fatal != null) {
            return stop(state, at, null, reason(state, fatal), fatal);
        }
        boolean spent = state.asked >= state.budget;
        if (spent && state.outstanding.size() == 0) {
            return List.of(Event.Changed.byItself(at, Event.Change.FINISHED, 0));
        }
        boolean room = state.outstanding.size() < state.plan().parallelism();
        return spent || !room || state.status() != Status.RUNNING
                ? List.of()
                : List.of(new Event.Asked(at, state.asked, state.proposal()));
    }

    /**
     * Everything outstanding expires, and the study ends.
     *
     * @param by who stopped it; null if the study stops by itself
     * @param failure because of which it stops; null if a person stopped it
     */
    static List<Event> stop(StudyState state, long at, @Nullable String by, String reason, @Nullable Failure failure) {
        Failure stopped = state.failures.studyStopped();
        List<Event> events = new ArrayList<>();
        state.outstanding.numbers().forEach(n -> events.add(new Event.Expired(at, n, stopped)));
        events.add(new Event.Changed(at, Event.Change.STOPPED, 0, new double[0], by, reason, failure));
        return events;
    }

    /**
     * The failure after which no further result can help; null while one may. An online study never stops for this reason:
     * there a candidate fails because users were worse off with it, or because a person stopped it, not because measuring is
     * broken. It goes on to the end of its budget, from where it can be extended; a stopped study cannot.
     */
    private static @Nullable Failure fatal(StudyState state) {
        boolean allFailed = state.told == 0 && state.missed() >= Limits.FAILURES_TO_BEGIN_WITH;
        return state.baselineFailure == null && allFailed ? state.latestFailure : state.baselineFailure;
    }

    private static String reason(StudyState state, Failure fatal) {
        return Limits.reason(
                state.baselineFailure == null
                        ? "the first " + state.missed() + " candidates all failed, the last one: " + fatal.text()
                        : "candidate 0, the model as shipped, could not be measured, so nothing can be compared with it: "
                                + fatal.text());
    }
}
