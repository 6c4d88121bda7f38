package io.afterlearner.benchmarks.quality;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What all rows of one optimizer come to. */
public final class QualitySummary {
    private QualitySummary() {}

    /**
     * Counts of cells, of those better or tied and of those no worse at all, the share of the better or tied, and
     * geometric mean ratios, in an order fit for printing: against NGOpt in the noise-free cells of one worker; against
     * the best of Nevergrad's in the noisy, the discrete, and the noise-free cells of several workers; and against that
     * best over every continuous noise-free cell of one worker, and over all cells. A group without cells is left out.
     */
    public static Map<String, Object> of(String optimizer, int seeds, List<QualityRow> rows) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "quality");
        line.put("summary", optimizer);
        line.put("seeds", seeds);
        put(line, "noiseFreeAgainstNgopt", rows, QualitySummary::plainAlone, QualityRow::toNgopt);
        put(line, "noisyAgainstBest", rows, row -> row.cell().noisy(), QualityRow::toBest);
        put(line, "discreteAgainstBest", rows, row -> row.cell().discrete(), QualityRow::toBest);
        put(line, "severalWorkersAgainstBest", rows, row -> row.cell().workers() > 1, QualityRow::toBest);
        put(line, "noiseFreeAgainstBest", rows, QualitySummary::plainAlone, QualityRow::toBest);
        put(line, "allAgainstBest", rows, row -> true, QualityRow::toBest);
        return line;
    }

    private static boolean plainAlone(QualityRow row) {
        return row.cell().workers() == 1 && !row.cell().noisy() && !row.cell().discrete();
    }

    private static void put(
            Map<String, Object> line,
            String name,
            List<QualityRow> rows,
            Predicate<QualityRow> group,
            ToDoubleFunction<QualityRow> ratio) {
        List<Double> ratios =
                rows.stream().filter(group).map(ratio::applyAsDouble).toList();
        if (ratios.isEmpty()) {
            return;
        }
        long good = ratios.stream().filter(Ratio::betterOrTied).count();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("cells", ratios.size());
        figures.put("betterOrTied", good);
        figures.put("noWorse", ratios.stream().filter(each -> each <= 1).count());
        figures.put("share", Math.round(1000.0 * good / ratios.size()) / 1000.0);
        figures.put("geometricMeanRatio", Math.round(1000 * Ratio.geometricMean(ratios)) / 1000.0);
        line.put(name, figures);
    }
}
