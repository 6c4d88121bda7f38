package io.afterlearner.benchmarks.quality;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The summary of one optimizer's rows in one set.
 *
 * @param seeds runs per cell
 * @param cells number of cells of the set with something to compare with, at least 1
 * @param betterOrTied cells with a ratio of at most 1.25
 * @param noWorse cells with a ratio of at most 1
 * @param clipped cells with our median at or below the clip of 1e-9, which then replaces it: how far below says nothing, but
 *     the higher theirs, the more such a cell moves the geometric mean
 * @param ratio geometric mean ratio
 * @param thousandthRatio the same with medians clipped at a thousandth of the regret of ℵ₀: the ratio for a user who needs no
 *     better result
 */
public record QualityFigures(
        String optimizer,
        QualitySet set,
        int seeds,
        int cells,
        int betterOrTied,
        int noWorse,
        int clipped,
        double ratio,
        double thousandthRatio) {

    /** The figures of every set with cells among the rows. */
    public static List<QualityFigures> of(String optimizer, int seeds, List<QualityRow> rows) {
        return Arrays.stream(QualitySet.values())
                .map(set -> of(
                        optimizer,
                        set,
                        seeds,
                        rows.stream()
                                .filter(row ->
                                        set.holds(row.cell()) && set.theirs(row).isPresent())
                                .toList()))
                .filter(figures -> figures.cells > 0)
                .toList();
    }

    private static QualityFigures of(String optimizer, QualitySet set, int seeds, List<QualityRow> rows) {
        List<Double> ratios = ratios(set, rows, row -> 0);
        return new QualityFigures(
                optimizer,
                set,
                seeds,
                rows.size(),
                (int) ratios.stream().filter(Ratio::betterOrTied).count(),
                (int) ratios.stream().filter(ratio -> ratio <= 1).count(),
                (int) rows.stream().filter(row -> Ratio.clips(row.median())).count(),
                Ratio.geometricMean(ratios),
                Ratio.geometricMean(ratios(set, rows, row -> row.start() / 1_000)));
    }

    private static List<Double> ratios(QualitySet set, List<QualityRow> rows, ToDoubleFunction<QualityRow> least) {
        return rows.stream()
                .map(row -> Ratio.of(row.median(), set.theirs(row).orElseThrow(), least.applyAsDouble(row)))
                .toList();
    }

    public double share() {
        return (double) betterOrTied / cells;
    }

    /** Whether the targets of the set are reached; true if it has none. */
    public boolean met() {
        return !(share() < set.targetShare()) && !(ratio > set.targetRatio());
    }

    /** The fields in order, as {@code bench} prints them. */
    public Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "quality");
        line.put("set", set.label());
        line.put("cells", cells);
        line.put("betterOrTied", betterOrTied);
        line.put("geometricMeanRatio", ratio);
        line.put("optimizer", optimizer);
        line.put("against", set.against());
        line.put("seeds", seeds);
        line.put("noWorse", noWorse);
        line.put("share", Math.round(1000 * share()) / 1000.0);
        line.put("clipped", clipped);
        line.put("thousandthRatio", thousandthRatio);
        line.put("met", met());
        return line;
    }
}
