package io.afterlearner.asktell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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
    private static final int SEARCHES = 200;
    private static final long SEED = 20261123;

    /** The number of searches that find a loss further from a half than a bound on nats allows. */
    private static int exceeded(String name, int runs, int budget, boolean choice, boolean adaptation) {
        int exceeded = 0;
        for (int search = 0; search < SEARCHES; search++) {
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
        "DiagonalCMA, 3, 60"
    })
    void theBoundHoldsAtItsRate(String name, int runs, int budget) {
        int exceeded = exceeded(name, runs, budget, true, true);
        assertTrue(exceeded <= 0.05 * SEARCHES, exceeded + " of " + SEARCHES + ", seed " + SEED);
    }

    @Test
    void withoutItsTermsItWouldNot() {
        assertTrue(exceeded("RandomSearch", 1, 300, false, true) > 0.05 * SEARCHES, "the choice costs nothing?");
        assertTrue(exceeded("DiscreteOnePlusOne", 1, 300, true, false) > 0.05 * SEARCHES, "adapting costs nothing?");
    }

    @Test
    void moreRunsOfFewerAsksLearnLess() {
        boolean[] label = new boolean[EXAMPLES];
        double alone = search("DiscreteOnePlusOne", 1, 300, label, SEED)[1];
        double tenth = search("DiscreteOnePlusOne", 10, 300, label, SEED)[1];
        assertTrue(tenth < alone / 2, tenth + " against " + alone);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theCodeOfAllSequencesIsComplete(int symbols) {
        assertEquals(1, total(symbols, new ArrayList<>(), 4), 1e-12);
    }

    private static double total(int symbols, List<Integer> before, int left) {
        if (left == 0) {
            SequentialCode code = new SequentialCode(symbols);
            return Math.exp(-before.stream().mapToDouble(code::nats).sum());
        }
        double sum = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            List<Integer> sequence = new ArrayList<>(before);
            sequence.add(symbol);
            sum += total(symbols, sequence, left - 1);
        }
        return sum;
    }

    @Test
    void ordersAreCounted() {
        assertEquals(24, StrategyConstants.orders(4));
        assertEquals(75, StrategyConstants.weakOrders(4));
        assertEquals(541, StrategyConstants.weakOrders(5));
    }
}
