package io.afterlearner.benchmarks.quality;

import io.afterlearner.benchmarks.Tables;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Medians of final regret of Nevergrad 1.0.12 by cell and optimizer, in the table's order. */
public final class Reference {
    private static final Map<String, List<String>> TABLES = new TreeMap<>(Map.of(
            "reference", List.of("nevergrad.csv"),
            "heldout", List.of("heldout.csv"),
            "all", List.of("nevergrad.csv", "heldout.csv")));

    private final Map<Cell, Map<String, Double>> medians = new LinkedHashMap<>();

    record Row(String optimizer, String problem, int dimension, int workers, int budget, double median) {}

    private Reference() {}

    /**
     * The cells of a table.
     *
     * @param table {@code reference} (11 seeds; the targets refer to it), {@code heldout} (11 seeds; problems not used for
     *     tuning), or {@code all}
     * @throws IllegalArgumentException if the table is unknown; one line
     */
    public static Reference load(String table) {
        List<String> resources = TABLES.get(table);
        if (resources == null) {
            throw new IllegalArgumentException(
                    "table " + table + ": unknown; use " + String.join(", ", TABLES.keySet()));
        }
        Reference reference = new Reference();
        resources.forEach(
                resource -> Tables.read(Reference.class, resource, Row.class).forEach(reference::add));
        return reference;
    }

    private void add(Row row) {
        Cell cell = new Cell(row.problem(), row.dimension(), row.workers(), row.budget());
        medians.computeIfAbsent(cell, unseen -> new LinkedHashMap<>()).put(row.optimizer(), row.median());
    }

    public List<Cell> cells() {
        return List.copyOf(medians.keySet());
    }

    /** The median of one optimizer; empty if it was not measured. */
    OptionalDouble median(Cell cell, String optimizer) {
        Double median = of(cell).get(optimizer);
        return median == null ? OptionalDouble.empty() : OptionalDouble.of(median);
    }

    /** The optimizer with the lowest median, the first of equals. */
    String best(Cell cell) {
        return of(cell).entrySet().stream()
                .min(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }

    private Map<String, Double> of(Cell cell) {
        return Objects.requireNonNull(medians.get(cell), () -> "not measured: " + cell);
    }
}
