package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A study under test: its inputs and all its outputs. */
final class TestStudy {
    static final long TIMEOUT_MILLIS = 1_000;
    static final long WAIT_MILLIS = 10_000;

    final StudyState state;
    final List<Event> log = new ArrayList<>();
    long nowMillis = 1;
    private int orders;

    TestStudy(RunPlan plan) {
        state = new StudyState(plan, TextFailure.FAILURES);
        Decider.begin(state, null, nowMillis, log::add);
    }

    static TestStudy study(long budget, int parallelism) {
        return new TestStudy(plan("OnePlusOne", budget, parallelism, 1));
    }

    static RunPlan plan(String algorithm, long budget, int parallelism, long seed) {
        List<Parameter> parameters = IntStream.range(0, 3)
                .mapToObj(i -> (Parameter) new Parameter.Real("x" + i, -1, 1, false, 0, Double.NaN))
                .toList();
        Problem problem = Problem.of(new Space(parameters), budget, parallelism, seed);
        return new RunPlan(
                "s", problem, algorithm, List.of(), Double.NaN, false, TIMEOUT_MILLIS, WAIT_MILLIS, "default");
    }

    /** The same plan, results told in the order of their numbers. */
    static RunPlan byNumber(RunPlan plan) {
        return new RunPlan(
                plan.study(),
                plan.problem(),
                plan.algorithm(),
                plan.priors(),
                plan.trustRegion(),
                true,
                plan.timeoutMillis(),
                plan.waitMillis(),
                plan.pool());
    }

    /** The same plan with a noisy loss and candidates near the champion. */
    static RunPlan online(RunPlan plan) {
        return new RunPlan(
                plan.study(),
                plan.problem().withNoise(Problem.Noise.SOME),
                plan.algorithm(),
                plan.priors(),
                0.1,
                plan.byNumber(),
                plan.timeoutMillis(),
                plan.timeoutMillis(),
                plan.pool());
    }

    Decision tell(long number, double loss) {
        return put(new Input.Measured(nowMillis, number, loss, null, 10, "e", 5));
    }

    Decision fail(long number, String reason) {
        return put(new Input.Unmeasured(nowMillis, number, new TextFailure(reason), "e", 5));
    }

    Decision take(long number, String by, int delivery) {
        return put(new Input.Claimed(nowMillis, number, by, delivery, true));
    }

    Decision giveBack(long number, String by, int delivery) {
        return put(new Input.Claimed(nowMillis, number, by, delivery, false));
    }

    Decision tickAt(long atMillis) {
        nowMillis = atMillis;
        return put(new Input.Tick(atMillis));
    }

    Decision order(Input.Action action) {
        return order("id" + orders++, action, 0);
    }

    Decision extend(long budget) {
        return order("id" + orders++, Input.Action.EXTEND, budget);
    }

    Decision order(String id, Input.Action action, long budget, double... values) {
        return put(new Input.Order(nowMillis, id, "op", action, budget, values, null));
    }

    private Decision put(Input input) {
        return Decider.drive(state, input, log::add);
    }

    /** Numbers outstanding, in order. */
    List<Long> outstanding() {
        return state.outstanding.numbers();
    }

    <E extends Event> List<E> all(Class<E> kind) {
        return log.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<Event.Changed> all(Event.Change change) {
        return all(Event.Changed.class).stream()
                .filter(event -> event.change() == change)
                .toList();
    }

    Standing standing() {
        return state.standing();
    }

    /** The same study, replayed from its events. */
    StudyState replayed() {
        StudyState fresh = new StudyState(state.plan(), TextFailure.FAILURES);
        log.forEach(fresh::apply);
        fresh.restore(state.bookkeeping());
        return fresh;
    }

    double[] valuesOf(long number) {
        return all(Event.Asked.class).get((int) number).values();
    }

    /** The visible state, including the next proposal, bit for bit. */
    static String seen(StudyState state) {
        long[] bits = Arrays.stream(state.proposal())
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
        return state.standing() + " " + state.outstanding.numbers() + " " + state.deadlineMillis() + " "
                + Arrays.toString(bits);
    }
}
