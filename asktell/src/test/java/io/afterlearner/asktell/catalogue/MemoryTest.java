package io.afterlearner.asktell.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.Latent;
import java.lang.ref.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryTest {
    private static final int PARALLELISM = 60;
    private static final int TOLD = 320;
    /** Large enough that what else the process allocates does not matter. */
    private static final int LARGE = 8_000;

    private static Space space(int dimension) {
        return new Space(IntStream.range(0, dimension)
                .mapToObj(i -> (Parameter) new Parameter.Real("p" + i, -1, 1, false, 0.1, Double.NaN))
                .toList());
    }

    private static int dimension(String algorithm) {
        return switch (algorithm) {
            case "BO" -> 90;
            case "Adaptive", "QuadraticRegression", "TrustRegion" -> 100;
            case "SobolSearch", "CMA", "CMAWithRestarts" -> 1_000;
            case "ScreenedOnePlusOne" -> 500;
            default -> LARGE;
        };
    }

    static Stream<String> algorithms() {
        return Catalogue.ALL.stream().map(Catalogue::title);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void anOptimizerTakesNoMoreThanIsSaidBefore(String algorithm) {
        int dimension = dimension(algorithm);
        // A Gaussian process takes seconds per copy.
        int copies = dimension == LARGE ? 1 : algorithm.equals("BO") ? 2 : 3;
        Problem problem = Problem.of(space(dimension), 2_000, PARALLELISM, 1).withRuns(2);
        // Classes are loaded and constants computed before anything is measured; some constants depend on the
        // dimension.
        told(algorithm, Problem.of(space(20), 2_000, PARALLELISM, 1).withRuns(2), 2 * PARALLELISM);
        Optimizers.create(algorithm, problem).ask(0);

        long before = used();
        List<Optimizer> kept = new ArrayList<>();
        long taken;
        try {
            for (int i = 0; i < copies; i++) {
                kept.add(told(algorithm, problem, TOLD));
            }
            taken = (used() - before) / copies;
        } finally {
            Reference.reachabilityFence(kept);
            Reference.reachabilityFence(problem);
        }

        long said = Optimizers.bytes(algorithm, problem);
        assertTrue(taken <= said, () -> algorithm + " takes " + taken + " bytes, more than the " + said + " said");
        System.out.println(algorithm + " takes " + taken + " of " + said + " bytes");
    }

    private static Optimizer told(String algorithm, Problem problem, int times) {
        Optimizer optimizer = Optimizers.create(algorithm, problem);
        Deque<double[]> waiting = new ArrayDeque<>();
        for (long told = 0, asked = 0; told < times; told++) {
            while (waiting.size() < PARALLELISM) {
                waiting.add(optimizer.ask(asked++));
            }
            double loss = 0;
            for (double value : waiting.remove()) {
                loss += (value - 0.5) * (value - 0.5);
            }
            optimizer.tell(told, new Outcome.Measured(loss, Double.NaN, List.of()));
        }
        return optimizer;
    }

    /** After collections until they free nothing more. */
    private static long used() {
        long used = Long.MAX_VALUE;
        for (long before = 0; before != used; ) {
            before = used;
            System.gc();
            used = Math.min(
                    before,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return used;
    }

    @Test
    void coordinatesAreCountedAsTheyAreMade() {
        Space space = new Space(List.of(
                new Parameter.Real("r", 0, 1, false, 0, Double.NaN),
                new Parameter.Choice("o", 5, true, 0),
                new Parameter.Choice("u", 7, false, 0)));
        assertEquals(new Latent(space).dimension(), Memory.coordinates(space));
    }

    @Test
    void matricesCountOncePerRun() {
        Problem one = Problem.of(space(2_000), 10_000, 1, 1);
        assertTrue(Optimizers.bytes("CMA", one.withRuns(100)) > 100 * 2_000L * 2_000 * Double.BYTES);
    }
}
