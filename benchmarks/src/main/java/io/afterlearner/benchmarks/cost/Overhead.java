package io.afterlearner.benchmarks.cost;

import io.afterlearner.benchmarks.Tables;
import java.util.List;
import java.util.OptionalDouble;

/** Measured microseconds per ask and tell of Nevergrad 1.0.12. */
final class Overhead {
    record Row(String optimizer, int dimension, int workers, double askTellMicros) {}

    private final List<Row> rows = Tables.read(Overhead.class, "nevergrad-overhead.csv", Row.class);

    /** Returns the figure of the optimizer of the same name, or of {@code NGOpt} for {@code auto}; empty if not measured. */
    OptionalDouble micros(String optimizer, int dimension, int workers) {
        String name = optimizer.equals("auto") ? "NGOpt" : optimizer;
        return rows.stream()
                .filter(row -> row.optimizer().equals(name) && row.dimension() == dimension && row.workers() == workers)
                .mapToDouble(Row::askTellMicros)
                .findFirst();
    }
}
