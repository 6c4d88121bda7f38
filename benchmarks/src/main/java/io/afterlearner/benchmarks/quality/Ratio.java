package io.afterlearner.benchmarks.quality;

import java.util.Collection;

/** Compares medians of regret. */
final class Ratio {
    /** Smaller differences are rounding errors. */
    private static final double MIN_REGRET = 1e-9;

    /** Up to this factor, medians of 11 runs count as equal. */
    private static final double TIE = 1.25;

    private Ratio() {}

    /** Ours over theirs, each clipped from below; less than 1 if ours is better. */
    static double of(double ours, double theirs) {
        return of(ours, theirs, MIN_REGRET);
    }

    /** Like the other method, with a clip of at least {@code least}. */
    static double of(double ours, double theirs, double least) {
        double clip = Math.max(least, MIN_REGRET);
        return Math.max(ours, clip) / Math.max(theirs, clip);
    }

    static boolean clips(double median) {
        return median <= MIN_REGRET;
    }

    static boolean betterOrTied(double ratio) {
        return ratio <= TIE;
    }

    /** NaN if there are no ratios. */
    static double geometricMean(Collection<Double> ratios) {
        return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
    }
}
