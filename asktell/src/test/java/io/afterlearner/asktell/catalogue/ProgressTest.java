package io.afterlearner.asktell.catalogue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Simulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Progress of the algorithms: the bounds are well above their results, and far below doing nothing. */
class ProgressTest {

    @ParameterizedTest
    @CsvSource({
        "OnePlusOne,1,1e-3",
        "OnePlusOne,8,0.4",
        "OnePlusOne,64,0.6",
        "DiagonalCMA,1,1e-3",
        "DiagonalCMA,8,1e-2",
        "CMA,1,1e-2",
        "CMA,8,5e-2"
    })
    void aSphereInSixDimensionsIsSolvedInThreeHundredAsks(String algorithm, int outstanding, double bound) {
        double best = best(algorithm, reals(6, 1), 300, outstanding, x -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += (x[i] - 0.3 * i) * (x[i] - 0.3 * i);
            }
            return sum;
        });
        assertTrue(best < bound, algorithm + " reached " + best);
    }

    /** ℵ₀ is good already and the first step far too wide: the search must return to ℵ₀ to find anything. */
    @ParameterizedTest
    @CsvSource({"DiagonalCMA,1,0.6", "DiagonalCMA,8,0.6", "DiagonalCMA,64,0.95"})
    void aFirstStepFarTooWideInManyDimensionsIsCorrected(String algorithm, int outstanding, double share) {
        double best = Simulation.median(algorithm, reals(650, 1), 2_000, outstanding, 5, ProgressTest::nearlyRight);
        assertTrue(best < share * nearlyRight(new double[650]), algorithm + " reached " + best + ", seeds 1 to 5");
    }

    /** Compared with a newer parent, nearly every step would fail, and the step size would vanish. */
    @Test
    void manyOutstandingDoNotShrinkTheStepsOfOnePlusOne() {
        double best = best("OnePlusOne", reals(35, 1), 1_000, 64, x -> {
            double sum = 0;
            for (double value : x) {
                sum += (value - 1) * (value - 1);
            }
            return sum;
        });
        assertTrue(best < 15, "from 35 to " + best);
    }

    /** The main use of auto: a loss that counts mistakes, and a model that is nearly right. */
    @Test
    void autoMakesAClassifierOf650WeightsCostMuchLess() {
        Classifier classifier = new Classifier(1);
        double shipped = classifier.cost(new double[Classifier.WEIGHTS]);
        double best = best("auto", bounded(Classifier.WEIGHTS, 0.05), 2_000, 8, classifier::cost);
        assertTrue(best < 0.45 * shipped, "from " + shipped + " to " + best);
    }

    @Test
    void autoNearlySolvesSixParametersInThreeHundredAsks() {
        double best = best("auto", bounded(6, 0.1), 300, 8, x -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                double off = (x[i] - 0.15 + 0.05 * i + 0.5 * x[(i + 1) % x.length]) / 0.1;
                sum += off * off;
            }
            return Math.floor(1000 * (1 - Math.exp(-sum / 8))) / 1000;
        });
        assertTrue(best <= 0.05, "reached " + best);
    }

    @Test
    void ordersOfMagnitudeBetweenParametersAreLearned() {
        ToDoubleFunction<double[]> ellipsoid = x -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += Math.pow(1e4, i / (x.length - 1.0)) * (x[i] - 1) * (x[i] - 1);
            }
            return sum;
        };
        double best = best("DiagonalCMA", reals(10, 1), 2_000, 8, ellipsoid);
        assertTrue(best < 1, "reached " + best);
    }

    @Test
    void onemaxIsSolved() {
        List<Parameter> bits = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            bits.add(new Parameter.Choice("bit" + i, 2, false, 0));
        }
        double best = best("DiscreteOnePlusOne", new Space(bits), 1_000, 1, x -> {
            double wrong = x.length;
            for (double bit : x) {
                wrong -= bit;
            }
            return wrong;
        });
        assertTrue(best == 0, best + " are wrong");
    }

    /** A step function of the distance to a near point, with a plateau far out: like an error rate. */
    private static double nearlyRight(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double off = x[i] - (i % 5 - 2) * 0.02;
            sum += off * off;
        }
        return Math.floor(1000 * (1 - Math.exp(-sum))) / 1000;
    }

    private static Space reals(int dimension, double step) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            parameters.add(new Parameter.Real("x" + i, -10, 10, false, 0, step));
        }
        return new Space(parameters);
    }

    private static Space bounded(int dimension, double step) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            parameters.add(new Parameter.Real("x" + i, -1, 1, false, 0, step));
        }
        return new Space(parameters);
    }

    private static double best(
            String algorithm, Space space, int budget, int outstanding, ToDoubleFunction<double[]> loss) {
        Optimizer optimizer = Optimizers.create(algorithm, Problem.of(space, budget, outstanding, 1));
        Map<Long, double[]> asked = new HashMap<>();
        Queue<Long> waiting = new ArrayDeque<>();
        double best = Double.POSITIVE_INFINITY;
        long next = 0;
        for (int told = 0; told < budget; told++) {
            while (waiting.size() < outstanding && next < budget) {
                asked.put(next, optimizer.ask(next));
                waiting.add(next++);
            }
            long number = waiting.remove();
            double value = loss.applyAsDouble(asked.remove(number));
            best = Math.min(best, value);
            optimizer.tell(number, new Outcome.Measured(value, Double.NaN));
        }
        return best;
    }
}
