package io.afterlearner.asktell.contract;

import static io.afterlearner.asktell.contract.Contracts.assertSame;
import static io.afterlearner.asktell.contract.Contracts.bumpy;
import static io.afterlearner.asktell.contract.Contracts.live;
import static io.afterlearner.asktell.contract.Contracts.loss;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Outcome.Failed;
import io.afterlearner.asktell.Outcome.Measured;
import io.afterlearner.asktell.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Robustness: losses that push the search outwards, failures, invalid calls, any order of tells. */
public abstract class RobustnessContract {
    /** Of most tests. */
    protected static final long BUDGET = 300;

    protected static final int PARALLELISM = 8;

    /** Creates an optimizer; deterministic. */
    protected abstract Optimizer create(Space space, long budget, int parallelism, long seed);

    /** The number of asks of a test; fewer where an optimizer is slow. */
    protected int asks(Space space, int asks) {
        return asks;
    }

    static Stream<Map.Entry<String, Space>> spaces() {
        return Spaces.all().entrySet().stream();
    }

    final Optimizer fresh(Space space) {
        return create(space, BUDGET, PARALLELISM, 42);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void everyPointLiesInTheSpace(Map.Entry<String, Space> named) {
        Space space = named.getValue();
        Optimizer optimizer = fresh(space);
        Random random = new Random(1);
        for (long number = 0; number < asks(space, 400); number++) {
            double[] point = optimizer.ask(number);
            space.check(point);
            if (random.nextInt(10) > 0) {
                optimizer.tell(number, random.nextInt(10) == 0 ? new Failed() : bumpy(point));
            }
        }
        space.check(optimizer.recommend());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void pointsStayInTheSpaceWhenTheLossPushesThemOut(Map.Entry<String, Space> named) {
        for (double sign : new double[] {-1, 1}) {
            Optimizer optimizer = fresh(named.getValue());
            for (long number = 0; number < asks(named.getValue(), 400); number++) {
                double[] point = optimizer.ask(number);
                named.getValue().check(point);
                double sum = 0;
                for (double value : point) {
                    sum += sign * value / point.length;
                }
                optimizer.tell(number, loss(Math.min(Math.max(sum, -Double.MAX_VALUE), Double.MAX_VALUE)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void tellsInAnyOrderLeaveAWorkingOptimizer(Map.Entry<String, Space> named) {
        for (int permutation = 0; permutation < Thorough.either(2, 5); permutation++) {
            Optimizer optimizer = create(named.getValue(), 300, 64, 9);
            List<Long> numbers = new ArrayList<>();
            List<double[]> points = new ArrayList<>();
            int asks = asks(named.getValue(), 128);
            for (long number = 0; number < asks; number++) {
                numbers.add(number);
                points.add(optimizer.ask(number));
            }
            Collections.shuffle(numbers, new Random(permutation));
            double best = Double.POSITIVE_INFINITY;
            for (long number : numbers) {
                Outcome outcome = bumpy(points.get((int) number));
                best = Math.min(best, ((Measured) outcome).loss());
                optimizer.tell(number, outcome);
            }
            named.getValue().check(optimizer.propose(asks));
            assertEquals(loss(best), bumpy(optimizer.recommend()));
            assertEquals(0, optimizer.outstanding());
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void candidatesThatAreNeverToldBlockNothing(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        for (long number = 0; number < 500; number++) {
            named.getValue().check(optimizer.ask(number));
        }
        assertEquals(500, optimizer.outstanding());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void allCandidatesFailingLeavesAWorkingOptimizer(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        for (long number = 0; number < 500; number++) {
            named.getValue().check(optimizer.ask(number));
            optimizer.tell(number, new Failed());
        }
        assertArrayEquals(named.getValue().initial(), optimizer.recommend());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void allLossesEqualLeavesAWorkingOptimizerThatStillMoves(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        boolean moved = false;
        // The budget is 300.
        int asks = Thorough.either(400, 1_000);
        for (long number = 0; number < asks; number++) {
            double[] point = optimizer.ask(number);
            named.getValue().check(point);
            moved |=
                    number > asks - 50 && !Arrays.equals(point, named.getValue().initial());
            optimizer.tell(number, loss(1));
        }
        assertArrayEquals(named.getValue().initial(), optimizer.recommend());
        assertTrue(moved || named.getKey().equals("one fixed"));
    }

    @Test
    void refusedCallsChangeNothing() {
        Space space = Spaces.mixed();
        Optimizer untouched = fresh(space);
        Optimizer abused = fresh(space);
        for (Optimizer optimizer : List.of(untouched, abused)) {
            live(optimizer, 40, new Random(8));
            optimizer.ask(100);
        }
        double[] good = space.initial();
        double[] short_ = {1};
        double[] nan = space.initial();
        nan[0] = Double.NaN;
        double[] outside = space.initial();
        outside[1] = 1;
        List<Consumer<Optimizer>> refused = List.of(
                o -> o.propose(-1),
                o -> o.asked(-1, good),
                o -> o.asked(100, good),
                o -> o.asked(101, short_),
                o -> o.asked(101, nan),
                o -> o.asked(101, outside),
                o -> o.suggest(outside),
                o -> o.tell(nan, loss(1)),
                o -> o.tell(99_999, loss(1)),
                o -> o.tell(100, loss(Double.NaN)),
                o -> o.tell(100, loss(Double.NEGATIVE_INFINITY)));
        for (Consumer<Optimizer> call : refused) {
            assertThrows(IllegalArgumentException.class, () -> call.accept(abused));
        }
        assertSame(untouched, abused);
        abused.tell(100, loss(1));
        assertThrows(IllegalArgumentException.class, () -> abused.tell(100, loss(1)), "told twice");
    }

    @Test
    void suggestionsHaveALimit() {
        Space space = Spaces.reals(2);
        Optimizer optimizer = fresh(space);
        for (int i = 0; i < Optimizer.MAX_SUGGESTIONS; i++) {
            optimizer.suggest(space.initial());
        }
        assertThrows(IllegalStateException.class, () -> optimizer.suggest(space.initial()));
    }

    @Test
    void budgetAndParallelismAreHintsOnly() {
        for (int[] hint : new int[][] {{1, 1}, {1, 64}, {3, 1000}, {1_000_000, 1}}) {
            Optimizer optimizer = create(Spaces.mixed(), hint[0], hint[1], 5);
            live(optimizer, asks(Spaces.mixed(), 100), new Random(9));
            optimizer.space().check(optimizer.recommend());
        }
    }
}
