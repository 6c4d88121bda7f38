package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a study does: decides the events of an input, and what follows from the state they lead to. Deciding changes
 * nothing; {@link #drive} alternates deciding and applying until nothing follows any more.
 */
public final class Decider {

    private Decider() {}

    /** Begins a study: created, and as many candidates asked as may be outstanding. */
    public static void begin(StudyState state, long atMillis, Consumer<Event> happened) {
        happen(state, List.of(new Event.Created(atMillis, state.plan().budget())), happened);
        follow(state, atMillis, happened);
    }

    /**
     * Decides an input and applies all that comes of it.
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

    /** What the study makes of an input; the state stays as it is. */
    public static Decision decide(StudyState state, Input input) {
        return input.match(new Cases(state, Math.max(input.atMillis(), state.atMillis())));
    }

    private static void follow(StudyState state, long atMillis, Consumer<Event> happened) {
        long at = Math.max(atMillis, state.atMillis());
        List<Event> next = due(state, at);
        while (!next.isEmpty()) {
            happen(state, next, happened);
            next = due(state, at);
        }
    }

    private static void happen(StudyState state, List<Event> events, Consumer<Event> happened) {
        for (Event event : events) {
            state.apply(event);
            happened.accept(event);
        }
    }

    /** What has to happen next, whatever came before; nothing if the study just waits. */
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

    /**
     * Why nothing that is still to come can help; null while something may. What production measures is failed for what it
     * is, or because a person wanted it so, and not because measuring is broken: so an online study goes on to the end of
     * its budget, from where it can be extended, as what was stopped cannot.
     */
    private static @Nullable String pointless(StudyState state) {
        if (state.plan().online()) {
            return null;
        }
        Failure baselineFailure = state.baselineFailure();
        if (baselineFailure != null) {
            return Limits.reason("candidate 0, the model as shipped, could not be measured, so nothing can be compared"
                    + " with it: " + baselineFailure.text());
        }
        Failure latest = state.latestFailure();
        if (latest != null && state.told() == 0 && state.missed() >= Limits.FAILURES_TO_BEGIN_WITH) {
            return Limits.reason(
                    "the first " + state.missed() + " candidates all failed, the last one: " + latest.text());
        }
        return null;
    }

    /** Everything outstanding expires, and that is the end. */
    private static List<Event> stop(StudyState state, long at, @Nullable String by, String reason) {
        List<Event> events = new ArrayList<>();
        Failure stopped = state.failures().studyStopped();
        state.outstanding().numbers().forEach(n -> events.add(new Event.Expired(at, n, stopped)));
        events.add(new Event.Stopped(at, by, reason));
        return events;
    }

    private record Cases(StudyState state, long at) implements Input.Cases<Decision> {

        @Override
        public Decision measured(Input.Measured fitness) {
            if (!Double.isFinite(fitness.loss())) {
                Failure failure = state.failures().lossNotFinite(fitness.loss());
                return unmeasured(
                        new Input.Unmeasured(at, fitness.number(), failure, fitness.by(), fitness.durationMicros()));
            }
            return outstanding(
                    fitness.number(),
                    new Event.Told(
                            at,
                            fitness.number(),
                            fitness.loss(),
                            known(fitness.standardError()),
                            fitness.examples(),
                            Limits.name(fitness.by()),
                            fitness.durationMicros()));
        }

        @Override
        public Decision unmeasured(Input.Unmeasured fitness) {
            return outstanding(
                    fitness.number(),
                    new Event.Failed(
                            at,
                            fitness.number(),
                            fitness.failure(),
                            Limits.name(fitness.by()),
                            fitness.durationMicros()));
        }

        private static @Nullable Double known(@Nullable Double standardError) {
            return standardError != null && standardError >= 0 && Double.isFinite(standardError) ? standardError : null;
        }

        private Decision outstanding(long number, Event event) {
            if (state.outstanding().has(number)) {
                return new Decision.Happened(List.of(event));
            }
            if (number < 0 || number >= state.asked()) {
                return new Decision.Ignored(Decision.Kind.UNKNOWN);
            }
            return new Decision.Ignored(state.hasExpired(number) ? Decision.Kind.LATE : Decision.Kind.DUPLICATE);
        }

        @Override
        public Decision tick(Input.Tick tick) {
            Failure failure = state.failures()
                    .expired(state.plan().timeoutMillis(), state.plan().pool());
            List<Event> expired = new ArrayList<>();
            state.outstanding().due(at).forEach(n -> expired.add(new Event.Expired(at, n, failure)));
            return new Decision.Happened(expired);
        }

        @Override
        public Decision order(Input.Order order) {
            if (state.margin().commands().contains(order.id())) {
                return Decision.NOTHING;
            }
            String refusal = Orders.refusal(
                    order,
                    state.status(),
                    state.budget(),
                    state.asked(),
                    state.plan().space());
            if (refusal != null) {
                return new Decision.Refused(refusal);
            }
            if (order.action() == Input.Action.SUGGEST && state.suggestions() >= Optimizer.MOST_SUGGESTIONS) {
                return new Decision.Refused(Optimizer.MOST_SUGGESTIONS + " suggestions wait already: try later");
            }
            return new Decision.Happened(ordered(order));
        }

        /** As much as the study began with, as far as the log of its candidates may grow. */
        private long reopened() {
            long wanted = state.asked() + state.plan().budget();
            return Limits.overBudget(wanted, state.plan().space().dimension()) == null
                    ? wanted
                    : Math.max(state.asked(), state.budget());
        }

        private List<Event> ordered(Input.Order order) {
            String by = Limits.name(order.by());
            String why = order.reason() == null ? null : Limits.reason(order.reason());
            return switch (order.action()) {
                case PAUSE -> state.status() == Status.PAUSED ? List.of() : List.of(new Event.Paused(at, by, why));
                case RESUME -> state.status() == Status.RUNNING ? List.of() : List.of(new Event.Resumed(at, by, why));
                case STOP ->
                    state.status() == Status.STOPPED
                            ? List.of()
                            : stop(state, at, by, why == null ? "stopped by " + by : why);
                case EXTEND -> List.of(new Event.Extended(at, order.budget(), by, why));
                case SUGGEST -> List.of(new Event.Suggested(at, order.values(), by, why));
                case CENTRE -> List.of(new Event.Centred(at, order.values(), by, why));
                case REOPEN -> List.of(new Event.Reopened(at, reopened(), by, why));
            };
        }
    }
}
