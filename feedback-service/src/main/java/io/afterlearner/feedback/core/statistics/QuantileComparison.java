package io.afterlearner.feedback.core.statistics;

import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Sequential test whether a quantile of a is above, or below, ratio times the same quantile of b. It may be read after
 * each value, is exact at any sample size, and assumes nothing about the distributions.
 *
 * <p>Suppose b's quantile lies in bin j. The test bets on how often a's values exceed ratio times bin j, and it bets
 * against j itself. The product of the two bets is an e-value. The test rejects if that product is at least 1/alpha for
 * every j. The ratio is rounded to whole bins in the conservative direction.
 *
 * @param share of values at or below the quantile, in (0, 1)
 * @param alpha maximum probability of ever making a false statement, in (0, 1)
 */
public record QuantileComparison(double share, double alpha) {
    private static final double LOG_GROWTH = StrictMath.log(LogHistogram.GROWTH);
    private static final double ROUNDING = 1e-9;

    /** Whether a's quantile is shown to be above ratio times b's. */
    public boolean isAbove(LogHistogram a, LogHistogram b, double ratio) {
        return isShown(a, b, (int) Math.ceil(StrictMath.log(ratio) / LOG_GROWTH - ROUNDING), true);
    }

    /** Whether a's quantile is shown to be below ratio times b's. */
    public boolean isBelow(LogHistogram a, LogHistogram b, double ratio) {
        return isShown(a, b, (int) Math.floor(StrictMath.log(ratio) / LOG_GROWTH + ROUNDING), false);
    }

    private boolean isShown(LogHistogram a, LogHistogram b, int shift, boolean above) {
        if (a.count() == 0 || b.count() == 0) {
            return false;
        }
        NavigableMap<Integer, Long> aBelow = a.cumulativeCounts();
        NavigableMap<Integer, Long> bBelow = b.cumulativeCounts();
        // Between two occupied bins the evidence is constant, so it suffices to check their edges.
        NavigableSet<Integer> edges = new TreeSet<>();
        bBelow.keySet().forEach(bin -> mark(edges, bin));
        aBelow.keySet().forEach(bin -> mark(edges, bin - shift));
        for (int j : edges) {
            double one = against(exceeding(aBelow, a, above ? j + shift : j + shift - 1), a, above);
            if (one + againstQuantile(bBelow, b, j) < -StrictMath.log(alpha)) {
                return false;
            }
        }
        return true;
    }

    private static void mark(NavigableSet<Integer> edges, int bin) {
        edges.add(bin - 1);
        edges.add(bin);
        edges.add(bin + 1);
    }

    /** Evidence that a's quantile is above (or below) the bin that this many of its values exceed. */
    private double against(long exceeding, LogHistogram bins, boolean above) {
        return above
                ? BettingEvidence.logAbove(exceeding, bins.count(), 1 - share)
                : BettingEvidence.logBelow(exceeding, bins.count(), 1 - share);
    }

    /** Evidence against the quantile lying in bin j: too many values exceed j, or too few exceed j - 1. */
    private double againstQuantile(NavigableMap<Integer, Long> below, LogHistogram bins, int j) {
        return BettingEvidence.logMean(
                BettingEvidence.logAbove(exceeding(below, bins, j), bins.count(), 1 - share),
                BettingEvidence.logBelow(exceeding(below, bins, j - 1), bins.count(), 1 - share));
    }

    private static long exceeding(NavigableMap<Integer, Long> below, LogHistogram bins, int bin) {
        var at = below.floorEntry(bin);
        return bins.count() - (at == null ? 0 : at.getValue());
    }
}
