package io.afterlearner.asktell.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Outcome.Failed;
import io.afterlearner.asktell.Outcome.Measured;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Contracts;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.contract.Thorough;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cheap and told constraints, for every algorithm of the catalogue. */
class ConstraintsTest {

    private static final List<Double> SATISFIED = List.of(-1.0, 0.0);

    static Stream<String> algorithms() {
        return Optimizers.names().stream();
    }

    private static Problem problem(Space space, Predicate<double[]> feasible) {
        return Problem.of(space, 300, 8, 5).withFeasible(feasible);
    }

    /** Each passes ℵ₀. */
    private static List<Predicate<double[]>> predicates(Space space) {
        double[] initial = space.initial();
        double sum = initial[0] + initial[initial.length - 1];
        return List.of(
                point -> point[0] + point[point.length - 1] <= sum,
                point -> Math.abs(point[0] - initial[0]) <= 1e-6 * (1 + Math.abs(initial[0])),
                point ->
                        Math.floorMod((long) Math.rint(point[point.length - 1] - initial[initial.length - 1]), 2) == 0);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void noAskViolatesACheapConstraint(String name) {
        for (Map.Entry<String, Space> named : Spaces.all().entrySet()) {
            for (Predicate<double[]> feasible : predicates(named.getValue())) {
                Problem problem = problem(named.getValue(), feasible);
                Optimizer optimizer = Optimizers.create(name, problem);
                Random random = new Random(2);
                for (long number = 0; number < Thorough.asks(name, problem, 100); number++) {
                    double[] point = optimizer.ask(number);
                    named.getValue().check(point);
                    assertTrue(feasible.test(point), named.getKey());
                    if (random.nextInt(8) > 0) {
                        optimizer.tell(number, random.nextInt(8) == 0 ? new Failed() : Contracts.bumpy(point));
                    }
                }
                assertTrue(feasible.test(optimizer.recommend()), named.getKey());
                assertTrue(feasible.test(optimizer.best()), named.getKey());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aCheapConstraintDoesNotKeepTheSearchFromItsEdge(String name) {
        Space space = Spaces.reals(2);
        Problem problem = problem(space, point -> point[0] + point[1] <= 1);
        Optimizer optimizer = Optimizers.create(name, problem);
        double best = Double.POSITIVE_INFINITY;
        for (long number = 0; number < Thorough.asks(name, problem, 300); number++) {
            double[] point = optimizer.ask(number);
            double loss = (point[0] - 2) * (point[0] - 2) + (point[1] - 1) * (point[1] - 1);
            best = Math.min(best, loss);
            optimizer.tell(number, new Measured(loss, Double.NaN));
        }
        assertTrue(best < 3, "5 at the start, 2 at the edge, found " + best);
    }

    @Test
    void theShippedPointMustBeFeasible() {
        Problem problem = problem(Spaces.reals(2), point -> point[0] > 0);
        assertEquals(
                "the initial point is not feasible; start from one that is",
                assertThrows(IllegalArgumentException.class, () -> Optimizers.create("CMA", problem))
                        .getMessage());
    }

    @Test
    void infeasiblePointsAreRefusedAndChangeNothing() {
        Problem problem = problem(Spaces.reals(2), point -> point[0] <= 0.5);
        Optimizer untouched = Optimizers.create("OnePlusOne", problem);
        Optimizer abused = Optimizers.create("OnePlusOne", problem);
        double[] bad = {1, 0};
        List<Consumer<Optimizer>> refused =
                List.of(o -> o.suggest(bad), o -> o.asked(3, bad), o -> o.tell(bad, new Measured(1, Double.NaN)));
        for (Consumer<Optimizer> call : refused) {
            assertThrows(IllegalArgumentException.class, () -> call.accept(abused));
        }
        Contracts.assertSame(untouched, abused);
    }

    @Test
    void aPredicateThatWritesToItsPointChangesNothing() {
        Optimizer optimizer = Optimizers.create("OnePlusOne", problem(Spaces.reals(2), point -> {
            point[0] = Double.NaN;
            return true;
        }));
        for (long number = 0; number < 5; number++) {
            Spaces.reals(2).check(optimizer.ask(number));
        }
    }

    private static Problem constrained(Space space) {
        return Problem.of(space, 200, 4, 5).withConstraints(2);
    }

    /** The first constraint keeps the first value near its start, the second is never active. */
    private static Outcome told(Space space, double[] point) {
        double off = Math.abs(StrictMath.atan(point[0]) - StrictMath.atan(space.initial()[0])) - 0.2;
        Measured loss = (Measured) Contracts.bumpy(point);
        return new Measured(loss.loss(), Double.NaN, List.of(off, -1.0));
    }

    /** The calls that change state. */
    private static List<Consumer<Optimizer>> live(Optimizer optimizer, Space space, int asks) {
        List<Consumer<Optimizer>> log = new ArrayList<>();
        Random random = new Random(4);
        for (long number = 0; number < asks; number++) {
            long asked = number;
            double[] point = optimizer.ask(number);
            double[] copy = point.clone();
            log.add(o -> o.asked(asked, copy));
            if (random.nextInt(10) > 0) {
                Outcome outcome = random.nextInt(10) == 0 ? new Failed() : told(space, point);
                optimizer.tell(number, outcome);
                log.add(o -> o.tell(asked, outcome));
            }
        }
        return log;
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void recommendationsSatisfyToldConstraintsAndReplayGivesTheSameBits(String name) {
        for (Map.Entry<String, Space> named : Spaces.all().entrySet()) {
            Space space = named.getValue();
            Optimizer optimizer = Optimizers.create(name, constrained(space));
            List<Consumer<Optimizer>> log = live(optimizer, space, Thorough.asks(name, constrained(space), 120));
            for (double[] point : List.of(optimizer.recommend(), optimizer.best())) {
                Measured measured = (Measured) told(space, point);
                assertTrue(measured.constraints().get(0) <= 0, named.getKey());
            }
            Optimizer replayed = Optimizers.create(name, constrained(space));
            log.forEach(call -> call.accept(replayed));
            Contracts.assertSame(optimizer, replayed);
            assertEquals(space.logSize(), optimizer.learnedNats(5));
        }
    }

    @Test
    void aFeasiblePointBeatsAnyInfeasibleOneAndWithoutOneTheShippedPointStays() {
        Space space = Spaces.reals(2);
        Optimizer optimizer = Optimizers.create("OnePlusOne", constrained(space));
        optimizer.tell(new double[] {1, 1}, new Measured(-5, Double.NaN, List.of(0.001, -1.0)));
        assertArrayEquals(space.initial(), optimizer.recommend());
        assertArrayEquals(space.initial(), optimizer.best());
        optimizer.tell(new double[] {2, 2}, new Measured(7, Double.NaN, SATISFIED));
        assertArrayEquals(new double[] {2, 2}, optimizer.recommend());
        assertArrayEquals(new double[] {2, 2}, optimizer.best());
    }

    @Test
    void underNoiseAPointThatMayViolateIsNotRecommended() {
        Optimizer optimizer = Optimizers.create("OnePlusOne", constrained(Spaces.reals(1)));
        for (int repeat = 0; repeat < 20; repeat++) {
            double noise = repeat % 2 - 0.5;
            optimizer.tell(new double[] {1}, new Measured(2 + noise, Double.NaN, List.of(-3 + noise, -1.0)));
            optimizer.tell(new double[] {2}, new Measured(0 + noise, Double.NaN, List.of(-0.1 + noise, -1.0)));
        }
        assertArrayEquals(new double[] {1}, optimizer.recommend());
        assertArrayEquals(new double[] {2}, optimizer.best());
    }

    @Test
    void wrongConstraintValuesAreRefusedAndChangeNothing() {
        Space space = Spaces.reals(2);
        Optimizer untouched = Optimizers.create("CMA", constrained(space));
        Optimizer abused = Optimizers.create("CMA", constrained(space));
        untouched.ask(0);
        abused.ask(0);
        List<Consumer<Optimizer>> refused = List.of(
                o -> o.tell(0, new Measured(1, Double.NaN)),
                o -> o.tell(0, new Measured(1, Double.NaN, List.of(1.0))),
                o -> o.tell(space.initial(), new Measured(1, Double.NaN, List.of(1.0, 2.0, 3.0))),
                o -> o.tell(0, new Measured(1, Double.NaN, List.of(Double.NaN, 0.0))),
                o -> o.tell(0, new Measured(1, Double.NaN, List.of(0.0, Double.NEGATIVE_INFINITY))));
        for (Consumer<Optimizer> call : refused) {
            String line = String.valueOf(assertThrows(IllegalArgumentException.class, () -> call.accept(abused))
                    .getMessage());
            assertFalse(line.contains("\n"));
        }
        Contracts.assertSame(untouched, abused);
        assertThrows(IllegalArgumentException.class, () -> constrained(space).withConstraints(-1));
        assertThrows(IllegalArgumentException.class, () -> constrained(space).withConstraints(101));
    }
}
