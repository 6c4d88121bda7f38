package io.afterlearner.asktell.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.contract.Thorough;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bound on overfitting by simulation. Labels are coin flips, so whatever a point predicts, its true loss is a half,
 * and all that a search finds is overfitting. √((nats + ln n + ln 40) / 2m) must be exceeded in at most 5 % of searches.
 */
class LearnedNatsTest {
    private static final int EXAMPLES = 100;
    private static final int SEARCHES = Thorough.either(100, 200);
    private static final long SEED = 20261123;
    /** Of one tell: two or three outcomes of comparisons, or its share of the orders of ten. */
    private static final Map<String, Double> LOG_BRANCHES = Map.of(
            "OnePlusOne", Math.log(3),
            "DiscreteOnePlusOne", Math.log(2),
            "DE", Math.log(3),
            "PSO", Math.log(3),
            "DiagonalCMA", Math.log(3_628_800) / 10,
            "CMA", Math.log(3_628_800) / 10);

    /** The number of searches whose loss is further from a half than the bound allows. */
    private static int exceeded(int searches, String name, int runs, int budget, boolean choice, boolean adaptation) {
        int exceeded = 0;
        for (int search = 0; search < searches; search++) {
            Random labels = new Random(SEED + search);
            boolean[] label = new boolean[EXAMPLES];
            IntStream.range(0, EXAMPLES).forEach(i -> label[i] = labels.nextBoolean());
            double[] found = search(name, runs, budget, label, search);
            double nats = (choice ? Math.log(budget) : 0) + (adaptation ? found[1] : 0) + Math.log(40);
            exceeded += Math.abs(found[0] - 0.5) > Math.sqrt(nats / (2 * EXAMPLES)) ? 1 : 0;
        }
        return exceeded;
    }

    /** A parameter an example predicts its label: the easiest there is to overfit. The best loss, and its nats. */
    private static double[] search(String name, int runs, int budget, boolean[] label, long seed) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < label.length; i++) {
            parameters.add(new Parameter.Choice("x" + i, 2, false, i % 2));
        }
        Optimizer optimizer = Optimizers.create(
                name, Problem.of(new Space(parameters), budget, 4, seed).withRuns(runs));
        double best = Double.POSITIVE_INFINITY;
        long winner = 0;
        for (long number = 0; number < budget; number++) {
            double[] point = optimizer.ask(number);
            double loss = 0;
            for (int i = 0; i < label.length; i++) {
                loss += (point[i] == 1) == label[i] ? 0 : 1.0 / EXAMPLES;
            }
            optimizer.tell(number, new Outcome.Measured(loss, Double.NaN));
            if (loss < best) {
                best = loss;
                winner = number;
            }
        }
        return new double[] {best, optimizer.learnedNats(winner)};
    }

    @ParameterizedTest
    @CsvSource({
        "RandomSearch, 1, 300",
        "DiscreteOnePlusOne, 1, 300",
        "DiscreteOnePlusOne, 10, 300",
        "OnePlusOne, 1, 300",
        "FastGADiscreteOnePlusOne, 3, 300",
        "ScrHammersleySearch, 1, 300",
        "DE, 1, 200",
        "PSO, 2, 200",
        "DiagonalCMA, 3, 60",
        "LMMAES, 2, 60",
        "EDA, 1, 200",
        "TBPSA, 1, 200",
        "CMAWithRestarts, 1, 60",
        "OptimisticDiscreteOnePlusOne, 1, 200",
        "OptimisticNoisyOnePlusOne, 1, 100"
    })
    void theBoundHoldsAtItsRate(String name, int runs, int budget) {
        int exceeded = exceeded(SEARCHES, name, runs, budget, true, true);
        assertTrue(exceeded <= 0.05 * SEARCHES, exceeded + " of " + SEARCHES + ", seed " + SEED);
    }

    @Test
    void withoutTheCostOfTheChoiceTheBoundFails() {
        assertTrue(
                exceeded(SEARCHES, "RandomSearch", 1, 300, false, true) > 0.05 * SEARCHES, "the choice costs nothing?");
    }

    @ParameterizedTest
    @CsvSource({
        "DiscreteOnePlusOne, 300",
        "OptimisticDiscreteOnePlusOne, 300",
        "OnePlusOne, 300",
        "DE, 600",
        "PSO, 600",
        "EDA, 600",
        "TBPSA, 600",
        "DiagonalCMA, 300",
        "LMMAES, 600",
        "CMAWithRestarts, 200",
        "OptimisticNoisyOnePlusOne, 600"
    })
    void withoutTheLearnedNatsTheBoundFails(String name, int budget) {
        int exceeded = exceeded(SEARCHES / 4, name, 1, budget, true, false);
        assertTrue(exceeded > 0.05 * SEARCHES / 4, exceeded + " of " + SEARCHES / 4 + ", seed " + SEED);
    }

    @Test
    void moreRunsOfFewerAsksLearnLess() {
        boolean[] label = new boolean[EXAMPLES];
        double alone = search("DiscreteOnePlusOne", 1, 300, label, SEED)[1];
        double tenth = search("DiscreteOnePlusOne", 10, 300, label, SEED)[1];
        assertTrue(tenth < alone / 2, tenth + " against " + alone);
    }

    /** All outcomes of each tell equally likely: the bound from counting branches. */
    @ParameterizedTest
    @CsvSource({"OnePlusOne, 300", "DiscreteOnePlusOne, 300", "DE, 300", "PSO, 300", "DiagonalCMA, 300", "CMA, 300"})
    void itIsNeverLooserThanCountingBranches(String name, int budget) {
        for (int seed = 1; seed <= 5; seed++) {
            Space space = Spaces.reals(8);
            Optimizer optimizer = Optimizers.create(name, Problem.of(space, budget, 4, seed));
            Simulation.run(optimizer, budget, 4, seed, Simulation::sphere);
            double branches = budget * LOG_BRANCHES.get(name);
            double nats = optimizer.learnedNats(1);
            assertTrue(nats > 0 && nats <= branches + Math.log(2), nats + ", branches " + branches + ", seed " + seed);
        }
    }

    /** Holds even for models of the losses' values: the search can only find one of 3·4·5 points. */
    @ParameterizedTest
    @ValueSource(strings = {"BO", "ScreenedOnePlusOne", "OnePlusOne", "auto"})
    void learnedNatsAreAtMostTheLogOfTheNumberOfPoints(String name) {
        Space space = new Space(List.of(
                new Parameter.Choice("a", 3, false, 0),
                new Parameter.Choice("b", 4, true, 0),
                new Parameter.Int("c", -1, 3, false, 0, Double.NaN)));
        Optimizer optimizer = Optimizers.create(name, Problem.of(space, 60, 4, 1));
        Simulation.run(optimizer, 60, 4, 1, Arrays::hashCode);
        assertEquals(Math.log(60), optimizer.learnedNats(59), 1e-12);
    }

    @Test
    void oneRealNumberHasNoBound() {
        Space space = new Space(
                List.of(new Parameter.Choice("a", 3, false, 0), new Parameter.Real("b", 0, 1, false, 0, Double.NaN)));
        assertEquals(Double.POSITIVE_INFINITY, space.logSize());
    }
}
