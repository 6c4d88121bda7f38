package io.afterlearner.benchmarks.quality;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One cell of one optimizer.
 *
 * @param optimizer ours
 * @param start median regret of ℵ₀
 * @param median of our final regret
 * @param ngopt median of Nevergrad's NGOpt; empty if it was not measured
 * @param best median of the best Nevergrad optimizer measured in this cell
 * @param bestName name of that optimizer
 */
public record QualityRow(
        String optimizer, Cell cell, double start, double median, OptionalDouble ngopt, double best, String bestName) {

    static QualityRow of(String optimizer, Cell cell, double start, double median, Reference reference) {
        String best = reference.best(cell);
        return new QualityRow(
                optimizer,
                cell,
                start,
                median,
                reference.median(cell, "NGOpt"),
                reference.median(cell, best).orElseThrow(),
                best);
    }

    /** Ours over NGOpt's, clipped; NaN if NGOpt was not measured. */
    public double toNgopt() {
        return ngopt.isPresent() ? Ratio.of(median, ngopt.getAsDouble()) : Double.NaN;
    }

    /** Ours over the best's, clipped. */
    public double toBest() {
        return Ratio.of(median, best);
    }

    /** The row's fields in order, as {@code bench} prints them. */
    public Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "quality");
        line.put("optimizer", optimizer);
        line.put("problem", cell.problem());
        line.put("dimension", cell.dimension());
        line.put("workers", cell.workers());
        line.put("budget", cell.budget());
        line.put("start", start);
        line.put("median", median);
        ngopt.ifPresent(theirs -> {
            line.put("ngopt", theirs);
            line.put("toNgopt", toNgopt());
        });
        line.put("best", best);
        line.put("bestName", bestName);
        line.put("toBest", toBest());
        return line;
    }
}
