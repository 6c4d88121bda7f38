package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides each kind of input. The state stays as it is. */
record InputDecisions(StudyState state, long at) implements Input.Cases<Decision> {

    @Override
    public Decision measured(Input.Measured fitness) {
        long number = fitness.number();
        if (!Double.isFinite(fitness.loss())) {
            Failure failure = state.failures.lossNotFinite(fitness.loss());
            return unmeasured(new Input.Unmeasured(at, number, failure, fitness.by(), fitness.durationMicros()));
        }
        return outstanding(
                number,
                new Event.Told(
                        at,
                        number,
                        fitness.loss(),
                        valid(fitness.standardError()),
                        fitness.examples(),
                        Limits.name(fitness.by()),
                        fitness.durationMicros()));
    }

    private static @Nullable Double valid(@Nullable Double standardError) {
        return standardError != null && standardError >= 0 && Double.isFinite(standardError) ? standardError : null;
    }

    @Override
    public Decision unmeasured(Input.Unmeasured fitness) {
        return outstanding(
                fitness.number(),
                new Event.Failed(
                        at, fitness.number(), fitness.failure(), Limits.name(fitness.by()), fitness.durationMicros()));
    }

    private Decision outstanding(long number, Event event) {
        if (state.outstanding.has(number)) {
            return new Decision.Happened(List.of(event));
        }
        if (number < 0 || number >= state.asked) {
            return new Decision.Ignored(Decision.Kind.UNKNOWN);
        }
        return new Decision.Ignored(state.hasExpired(number) ? Decision.Kind.LATE : Decision.Kind.DUPLICATE);
    }

    @Override
    public Decision tick(Input.Tick tick) {
        List<Event> expired = new ArrayList<>();
        state.outstanding.due(at).forEach(one -> expired.add(new Event.Expired(at, one.number(), expiry(one))));
        return new Decision.Happened(expired);
    }

    private Failure expiry(Outstanding.Waiting due) {
        RunPlan plan = state.plan();
        return due.claims().isHeld()
                ? state.failures.unanswered(plan.heldMillis())
                : state.failures.expired(plan.waitMillis(), plan.pool());
    }

    /** In an online study users evaluate a candidate, and nobody takes it. */
    @Override
    public Decision claimed(Input.Claimed claim) {
        Outstanding.Waiting candidate = state.outstanding.get(claim.number());
        String by = Limits.name(claim.by());
        return candidate == null
                        || state.plan().online()
                        || !candidate.claims().accepts(by, claim.delivery(), claim.holds())
                ? Decision.NOTHING
                : new Decision.Happened(
                        List.of(new Event.Claimed(at, claim.number(), by, claim.delivery(), claim.holds())));
    }

    @Override
    public Decision order(Input.Order order) {
        if (state.bookkeeping().commands().contains(order.id())) {
            return Decision.NOTHING;
        }
        String refusal = Orders.refusal(
                order, state.status(), state.budget, state.asked, state.plan().space());
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        if (order.action() == Input.Action.SUGGEST && state.search.suggestions() >= Optimizer.MAX_SUGGESTIONS) {
            return new Decision.Refused(
                    Optimizer.MAX_SUGGESTIONS + " suggestions are waiting already; try again later");
        }
        return new Decision.Happened(ordered(order));
    }

    private List<Event> ordered(Input.Order order) {
        return switch (order.action()) {
            case PAUSE -> state.status() == Status.PAUSED ? List.of() : changed(order, Event.Change.PAUSED, 0);
            case RESUME -> state.status() == Status.RUNNING ? List.of() : changed(order, Event.Change.RESUMED, 0);
            case STOP -> state.status() == Status.STOPPED ? List.of() : stopped(order);
            case EXTEND -> changed(order, Event.Change.EXTENDED, order.budget());
            case SUGGEST -> changed(order, Event.Change.SUGGESTED, 0, order.values());
            case CENTRE -> changed(order, Event.Change.CENTRED, 0, order.values());
            case REOPEN -> changed(order, Event.Change.REOPENED, state.reopenedBudget());
        };
    }

    private List<Event> changed(Input.Order order, Event.Change change, long budget, double... values) {
        String why = order.reason() == null ? null : Limits.reason(order.reason());
        return List.of(new Event.Changed(at, change, budget, values, Limits.name(order.by()), why, null));
    }

    private List<Event> stopped(Input.Order order) {
        String by = Limits.name(order.by());
        String why = order.reason() == null ? "stopped by " + by : Limits.reason(order.reason());
        return NextSteps.stop(state, at, by, why, null);
    }
}
