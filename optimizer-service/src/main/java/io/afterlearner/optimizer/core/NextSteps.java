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
        Failure fatal = fatal(state);
        if (fatal != null) {
            // In the order of numbers, everything outstanding ends first: what the study has then depends on no timing.
            boolean waits = state.plan().byNumber() && state.outstanding.size() > 0;
            return waits ? List.of() : stop(state, at, null, reason(state, fatal), fatal);
        }
        boolean spent = state.asked >= state.budget;
        if (spent && state.outstanding.size() == 0) {
            return List.of(Event.Changed.byItself(at, Event.Change.FINISHED, 0));
        }
        return spent || !state.hasRoom() || state.status() != Status.RUNNING
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
        return state.plan().online() ? null : state.search.fatal();
    }

    private static String reason(StudyState state, Failure fatal) {
        return Limits.reason(
                state.search.baselineFailure() == null
                        ? "the first " + state.search.missed() + " candidates all failed, the last one: " + fatal.text()
                        : "candidate 0, the model as shipped, could not be measured, so nothing can be compared with it: "
                                + fatal.text());
    }
}
