package io.afterlearner.asktell.quadratic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Contracts;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustRegionTest {

    private static final int SEEDS = 5;

    /** Conditioned 10⁴: half the decades that a search by random steps has to learn one by one. */
    @ParameterizedTest
    @CsvSource({"1,250", "8,500"})
    void aRotatedIllConditionedQuadraticInTenDimensionsIsSolved(int outstanding, int asks) {
        Rotation rotation = new Rotation(10, 4);
        double reached = Simulation.median("TrustRegion", Spaces.reals(10), asks, outstanding, SEEDS, x -> {
            double[] z = rotation.of(minus(x, 0.7));
            double sum = 0;
            for (int i = 0; i < z.length; i++) {
                sum += StrictMath.pow(10, 4 * i / 9.0) * z[i] * z[i];
            }
            return sum;
        });
        assertTrue(reached < 1e-6, "median of seeds 1 to " + SEEDS + " is " + reached);
    }

    /** The unbounded minimum is at 2 in each coordinate; half of them end at 1. */
    @Test
    void anOptimumOnAFaceOfTheBoundsIsReachedExactly() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            parameters.add(new Parameter.Real("x" + i, -4, i % 2 == 0 ? 1 : 4, false, 0, 1));
        }
        double least = 3;
        double reached = Simulation.median("TrustRegion", new Space(parameters), 100, 1, SEEDS, x -> {
            double sum = 0;
            for (double value : x) {
                sum += (value - 2) * (value - 2);
            }
            return sum;
        });
        assertEquals(least, reached, 1e-6);
    }

    @Test
    void eightOutstandingPointsLieApart() {
        Optimizer optimizer = optimizer("TrustRegion", 4, 200, 8, 3);
        List<double[]> waiting = new ArrayList<>();
        for (long number = 0; number < 60; number++) {
            optimizer.tell(number, Contracts.loss(Simulation.sphere(optimizer.ask(number))));
        }
        double[] best = optimizer.best();
        IntStream.range(60, 68).forEach(number -> waiting.add(optimizer.ask(number)));
        for (double[] one : waiting) {
            double far = waiting.stream()
                    .mapToDouble(other -> Vectors.distance(best, other))
                    .max()
                    .orElseThrow();
            long near = waiting.stream()
                    .filter(other -> Vectors.distance(one, other) < 0.02 * far)
                    .count();
            assertEquals(1, near, Arrays.toString(one));
        }
    }

    @ParameterizedTest
    @CsvSource({"TrustRegion", "QuadraticRegression"})
    void anOutstandingPointChangesTheNext(String algorithm) {
        Optimizer idle = optimizer(algorithm, 4, 200, 8, 3);
        Optimizer busy = optimizer(algorithm, 4, 200, 8, 3);
        Random random = new Random(5);
        for (long number = 0; number < 60; number++) {
            double[] point = random.doubles(4, -2, 2).toArray();
            idle.tell(point, Contracts.loss(Simulation.sphere(point)));
            busy.tell(point, Contracts.loss(Simulation.sphere(point)));
        }
        int changed = 0;
        for (long number = 100; number < 140; number++) {
            busy.ask(number);
            changed += Arrays.equals(idle.propose(number + 50), busy.propose(number + 50)) ? 0 : 1;
        }
        assertTrue(changed > 10, changed + " of 40");
    }

    /** The region always stays large enough for whole numbers to change. */
    @Test
    void aQuadraticOfWholeNumbersIsSolvedExactly() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            parameters.add(new Parameter.Int("k" + i, -50, 50, false, 0, Double.NaN));
        }
        double reached = Simulation.median("auto", new Space(parameters), 150, 1, SEEDS, x -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                double off = x[i] - 7 * i + 20 + 0.5 * (x[(i + 1) % 8] - 7 * ((i + 1) % 8) + 20);
                sum += off * off;
            }
            return sum;
        });
        assertEquals(0, reached);
    }

    static Optimizer optimizer(String algorithm, int dimension, long budget, int outstanding, long seed) {
        Problem problem = Problem.of(Spaces.reals(dimension), budget, outstanding, seed);
        assertFalse(Optimizers.choose(algorithm, problem).why().isBlank());
        return Optimizers.create(algorithm, problem);
    }

    private static double[] minus(double[] x, double shift) {
        return Arrays.stream(x).map(value -> value - shift).toArray();
    }

    /** A product of reflections at random planes. */
    private static final class Rotation {
        private final List<double[]> normals = new ArrayList<>();

        Rotation(int dimension, long seed) {
            Generator random = new Generator(seed, 0);
            for (int i = 0; i < dimension; i++) {
                double[] normal = random.gaussians(dimension);
                double norm = Vectors.norm(normal);
                normals.add(Arrays.stream(normal).map(value -> value / norm).toArray());
            }
        }

        double[] of(double[] x) {
            double[] turned = x;
            for (double[] normal : normals) {
                turned = Vectors.plus(turned, normal, -2 * Vectors.dot(normal, turned));
            }
            return turned;
        }
    }
}
