package io.afterlearner.asktell.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodesTest {
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

    /** Of four losses, each one of four values, the last of which says that it failed; all that differ in what matters. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theCodeOfAllOrdersIsComplete(int ranks) {
        Map<String, Double> probabilities = new HashMap<>();
        double[] values = {1, 2, 3, 4, Double.POSITIVE_INFINITY};
        for (int i = 0; i < 5 * 5 * 5 * 5; i++) {
            double[] losses = {values[i % 5], values[i / 5 % 5], values[i / 25 % 5], values[i / 125]};
            double[] sorted = losses.clone();
            Arrays.sort(sorted);
            probabilities.put(outcome(losses, sorted[ranks - 1]), Math.exp(-new RankCode().nats(sorted, ranks)));
        }
        double sum = probabilities.values().stream().mapToDouble(p -> p).sum();
        assertEquals(1, sum, 1e-12);
    }

    /** Each loss by how many are below it, where it is no worse than the last that matters, and whether it failed. */
    private static String outcome(double[] losses, double last) {
        return Arrays.stream(losses)
                .mapToObj(loss -> loss > last
                        ? "-"
                        : Arrays.stream(losses).filter(x -> x < loss).count() + (Double.isInfinite(loss) ? "f" : ""))
                .toList()
                .toString();
    }

    @Test
    void theCodeOfAllSelectionsIsComplete() {
        double sum = 0;
        int[] choose = {1, 5, 10};
        for (int selected = 0; selected <= 2; selected++) {
            sum += choose[selected] * Math.exp(-new RankCode().subsetNats(5, selected, 2));
        }
        assertEquals(1, sum, 1e-12);
    }
}
