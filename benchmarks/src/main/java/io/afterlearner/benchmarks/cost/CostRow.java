package io.afterlearner.benchmarks.cost;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The cost of an ask and a tell with one optimizer.
 *
 * @param workers candidates asked before the first of them is told
 * @param micros of an ask and a tell together
 * @param bytes allocated by both
 * @param trials number of measured trials
 * @param nevergradMicros of Nevergrad's optimizer of the same name; empty if not measured
 * @param growth empty if not measured
 */
public record CostRow(
        String optimizer,
        int dimension,
        int workers,
        double micros,
        double bytes,
        long trials,
        OptionalDouble nevergradMicros,
        Optional<Growth> growth) {

    /**
     * One long run.
     *
     * @param firstMicros mean of an ask and a tell over the first thousand trials
     * @param lastMicros the same over the last thousands
     * @param trials length of the run
     */
    public record Growth(double firstMicros, double lastMicros, long trials) {
        public double ratio() {
            return lastMicros / firstMicros;
        }
    }

    /** Nevergrad's cost as a multiple of ours; NaN if not measured. */
    public double timesCheaper() {
        return nevergradMicros.orElse(Double.NaN) / micros;
    }

    /** The row's fields in order, as {@code bench} prints them. */
    public Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "asktell");
        line.put("algorithm", optimizer);
        line.put("dimension", dimension);
        line.put("workers", workers);
        line.put("microsPerAskTell", rounded(micros));
        line.put("bytesPerAskTell", Math.round(bytes));
        line.put("trials", trials);
        nevergradMicros.ifPresent(theirs -> {
            line.put("nevergradMicros", theirs);
            line.put("timesCheaper", rounded(timesCheaper()));
        });
        growth.ifPresent(grown -> {
            line.put("firstMicros", rounded(grown.firstMicros()));
            line.put("lastMicros", rounded(grown.lastMicros()));
            line.put("lastTrial", grown.trials());
            line.put("growth", rounded(grown.ratio()));
        });
        return line;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
