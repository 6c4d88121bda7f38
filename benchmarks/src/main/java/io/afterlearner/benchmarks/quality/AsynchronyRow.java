package io.afterlearner.benchmarks.quality;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The cost of parallelism for one optimizer in one cell.
 *
 * @param medians of final regret, in the order of {@link Asynchrony#OUTSTANDING}
 */
public record AsynchronyRow(String optimizer, Cell cell, List<Double> medians) {

    public AsynchronyRow {
        medians = List.copyOf(medians);
    }

    /** The medians over the first of them, clipped: the first is 1; 2 means twice the regret. */
    public List<Double> costs() {
        return medians.stream().map(median -> Ratio.of(median, medians.get(0))).toList();
    }

    /** Geometric means of the costs of several cells, in the order of {@link Asynchrony#OUTSTANDING}. */
    public static List<Double> meanCosts(List<AsynchronyRow> rows) {
        return IntStream.range(0, Asynchrony.OUTSTANDING.size())
                .mapToObj(i -> Ratio.geometricMean(
                        rows.stream().map(row -> row.costs().get(i)).toList()))
                .toList();
    }

    /** The row's fields in order, as {@code bench} prints them. */
    public Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "asynchrony");
        line.put("optimizer", optimizer);
        line.put("problem", cell.problem());
        line.put("dimension", cell.dimension());
        line.put("budget", cell.budget());
        line.put("outstanding", Asynchrony.OUTSTANDING);
        line.put("medians", medians);
        line.put("costs", costs());
        return line;
    }
}
