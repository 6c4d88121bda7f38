package io.afterlearner.feedback.core.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Values counted in log-spaced bins, each {@link #GROWTH} times as wide as the one before: a quantile is accurate to
 * half a percent at any size. Histograms can be added and subtracted. Their size is bounded: {@link #MAX_BINS} bins from
 * the range's upper bound down; smaller values, and values not above 0, fall into the lowest bin.
 *
 * <p>{@link #singly} makes narrower bins, one for each number of single precision: for values that are not summed up yet.
 */
public final class LogHistogram {
    /** Ratio of a bin's upper end to its lower end. */
    public static final double GROWTH = 1.01;
    /** Covers five orders of magnitude. */
    static final int MAX_BINS = 1158;

    private static final double LOG_GROWTH = StrictMath.log(GROWTH);

    public static final LogHistogram NONE = new LogHistogram(new int[0], new long[0]);

    /** Bin numbers in ascending order. */
    private final int[] bins;
    /** Counts of these bins, none of them 0. */
    private final long[] counts;

    private final long count;

    private LogHistogram(int[] bins, long[] counts) {
        this.bins = bins;
        this.counts = counts;
        count = Arrays.stream(counts).sum();
    }

    /** Number of values in all bins. */
    public long count() {
        return count;
    }

    /** A histogram of one value. */
    public static LogHistogram of(double value, Range range) {
        return new LogHistogram(new int[] {bin(value, range)}, new long[] {1});
    }

    /** A histogram of one value, in a bin of its own: any value can be told from another to single precision. */
    public static LogHistogram singly(double value) {
        return new LogHistogram(new int[] {Float.floatToIntBits((float) value)}, new long[] {1});
    }

    /** Moments of values that were counted {@link #singly}, clamped to a range. */
    public Moments moments(Range range) {
        Moments sum = Moments.NONE;
        for (int i = 0; i < bins.length; i++) {
            sum = sum.plus(Moments.of(Float.intBitsToFloat(bins[i]), range).times(counts[i]));
        }
        return sum;
    }

    /** The quantile of values that were counted {@link #singly}: the least value that so large a share of them does not exceed; NaN if empty. */
    public double exactQuantile(double share) {
        List<Integer> places = IntStream.range(0, bins.length)
                .boxed()
                .sorted(Comparator.comparing(i -> Float.intBitsToFloat(bins[i])))
                .toList();
        long below = 0;
        for (int i : places) {
            below += counts[i];
            if (below >= share * count) {
                return Float.intBitsToFloat(bins[i]);
            }
        }
        return Double.NaN;
    }

    /** Bin b holds values above GROWTH^(b-1) and at most GROWTH^b. */
    private static int bin(double value, Range range) {
        int top = index(range.high());
        double clipped = range.clipped(value);
        int lowest = top - MAX_BINS + 1;
        return clipped > 0 ? Math.max(index(clipped), lowest) : lowest;
    }

    private static int index(double value) {
        return value > 0 ? (int) Math.ceil(StrictMath.log(value) / LOG_GROWTH) : 0;
    }

    public LogHistogram plus(LogHistogram other) {
        return merged(other, 1);
    }

    public LogHistogram minus(LogHistogram other) {
        return merged(other, -1);
    }

    /** A histogram of so many times as many values of the same kind. */
    public LogHistogram grown(double times) {
        int[] kept = new int[bins.length];
        long[] grown = new long[bins.length];
        int size = 0;
        long below = 0;
        long grownBelow = 0;
        for (int i = 0; i < bins.length; i++) {
            below += counts[i];
            // Rounding each bin alone would empty, or double, a tail of bins with one value each.
            grown[size] = Math.round(below * times) - grownBelow;
            kept[size] = bins[i];
            grownBelow += grown[size];
            size += grown[size] == 0 ? 0 : 1;
        }
        return new LogHistogram(Arrays.copyOf(kept, size), Arrays.copyOf(grown, size));
    }

    private LogHistogram merged(LogHistogram other, long sign) {
        if (other.bins.length == 0) {
            return this;
        }
        int[] merged = new int[bins.length + other.bins.length];
        long[] sums = new long[merged.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < bins.length || j < other.bins.length) {
            int bin = Math.min(at(i), other.at(j));
            long mine = at(i) == bin ? counts[i++] : 0;
            long others = other.at(j) == bin ? other.counts[j++] : 0;
            merged[size] = bin;
            sums[size] = mine + sign * others;
            size += sums[size] == 0 ? 0 : 1;
        }
        return new LogHistogram(Arrays.copyOf(merged, size), Arrays.copyOf(sums, size));
    }

    private int at(int index) {
        return index < bins.length ? bins[index] : Integer.MAX_VALUE;
    }

    /** For each bin, the number of values in it or below. */
    NavigableMap<Integer, Long> cumulativeCounts() {
        TreeMap<Integer, Long> cumulative = new TreeMap<>();
        long below = 0;
        for (int i = 0; i < bins.length; i++) {
            below += counts[i];
            cumulative.put(bins[i], below);
        }
        return cumulative;
    }

    /**
     * The quantile, as the middle of its bin; NaN if empty.
     *
     * @param share of the values at or below the quantile, in [0, 1]
     */
    public double quantile(double share) {
        long below = 0;
        for (int i = 0; i < bins.length; i++) {
            below += counts[i];
            if (below >= share * count) {
                return StrictMath.pow(GROWTH, bins[i] - 0.5);
            }
        }
        return Double.NaN;
    }

    /** Standard error of a quantile, from the binomial interval of its rank; NaN of fewer than two values. */
    public double standardError(double share) {
        double reach = Math.sqrt(share * (1 - share) / count);
        double low = quantile(Math.max(0, share - reach));
        double high = quantile(Math.min(1, share + reach));
        // A quantile is known no better than to the width of its bin.
        return count < 2 ? Double.NaN : Math.max(high - low, quantile(share) * (GROWTH - 1)) / 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogHistogram that
                && Arrays.equals(bins, that.bins)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bins) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return count + " values in " + bins.length + " bins";
    }
}
