package io.afterlearner.feedback.core.statistics;

import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Whether a quantile of one arm's values is above, or below, so many times another's: tests that may be looked at
 * after each value, exact at any size, and with no assumption on how the values are distributed.
 *
 * <p>If the other's quantile lay in bin j, how often the one's values exceed ratio times bin j would be known to be
 * above or below 1 - share: a bet. And j itself is bet against. Both bets multiply, and only where their product is
 * 1/alpha or more whatever j is, is the statement made. The ratio is rounded to whole bins, against the statement.
 *
 * @param share the quantile, in (0, 1)
 * @param alpha greatest probability that a statement that does not hold is ever made, in (0, 1)
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
        NavigableMap<Integer, Long> aBelow = a.cumulated();
        NavigableMap<Integer, Long> bBelow = b.cumulated();
        // Between two neighbouring bins of either nothing changes, so their edges are all there is to look at.
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

    /** Against a's quantile lying at or below a bin that so many exceed, or at or above the next. */
    private double against(long exceeding, LogHistogram bins, boolean above) {
        return above
                ? BettingEvidence.logAbove(exceeding, bins.count(), 1 - share)
                : BettingEvidence.logBelow(exceeding, bins.count(), 1 - share);
    }

    /** Against the quantile lying in bin j: too many exceed it, or too few exceed the one below. */
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
