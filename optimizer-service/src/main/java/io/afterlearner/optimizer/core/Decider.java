package io.afterlearner.optimizer.core;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which events an input causes, and which follow from the state they lead to. Deciding changes nothing;
 * {@link #drive} alternates between deciding and applying until nothing follows.
 */
public final class Decider {

    private Decider() {}

    /**
     * Begins a study: created, and as many candidates asked as may be outstanding.
     *
     * @param by who created it; null if unknown
     */
    public static void begin(StudyState state, @Nullable String by, long atMillis, Consumer<Event> happened) {
        happen(state, List.of(Event.Changed.created(atMillis, state.plan().budget(), by)), happened);
        follow(state, atMillis, happened);
    }

    /**
     * Decides an input and applies everything that follows.
     *
     * @param happened gets each event, in order, once it is applied
     * @return the decision on the input itself
     */
    public static Decision drive(StudyState state, Input input, Consumer<Event> happened) {
        Decision decision = decide(state, input);
        if (decision instanceof Decision.Happened first) {
            happen(state, first.events(), happened);
            follow(state, input.atMillis(), happened);
        } else if (decision instanceof Decision.Ignored ignored) {
            state.ignore(ignored.kind());
        }
        if (input instanceof Input.Order order && !(decision instanceof Decision.Refused)) {
            state.remember(order.id());
        }
        return decision;
    }

    /** Decides an input; the state stays as it is. */
    public static Decision decide(StudyState state, Input input) {
        return input.match(new InputDecisions(state, Math.max(input.atMillis(), state.atMillis())));
    }

    private static void follow(StudyState state, long atMillis, Consumer<Event> happened) {
        long at = Math.max(atMillis, state.atMillis());
        List<Event> next = NextSteps.due(state, at);
        while (!next.isEmpty()) {
            happen(state, next, happened);
            next = NextSteps.due(state, at);
        }
    }

    private static void happen(StudyState state, List<Event> events, Consumer<Event> happened) {
        for (Event event : events) {
            state.apply(event);
            happened.accept(event);
        }
    }
}
