package io.afterlearner.evaluation.score;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A 95 % interval of the mean of gains: the hull of three, because each alone is too narrow somewhere. They are Student's t; the
 * sign-flip test turned into an interval, which is exact for symmetric gains and for wins against losses; and the
 * studentised bootstrap, which follows skewed gains.
 *
 * <p>The sign-flip test keeps the mean m if flipping the signs of a random half of the gains − m makes their sum at least as
 * large, which is so if the mean of that half is at most m. So its ends are quantiles of the means of random halves
 * (Hartigan). A tie counts half.
 *
 * @param low NaN-free; negative infinity if the gains don't limit it
 * @param high positive infinity if the gains don't limit it
 * @see <a href="https://doi.org/10.1080/01621459.1969.10501057">Hartigan, Using Subsample Values as Typical Values (1969)</a>
 * @see <a href="https://doi.org/10.1201/9780429246593">Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 12</a>
 */
record GainInterval(double low, double high, double mean, double standardError) {
    private static final double TAIL = 0.025;
    /** Spread below this share of the gains' own is rounding of the sums. */
    private static final double NO_SPREAD = 1e-6;

    /**
     * @param gains finite, at least 2
     * @param draws of each resampling, such as 9,999
     */
    static GainInterval of(double[] gains, int draws, long seed) {
        double mean = mean(gains);
        double error = standardError(gains, mean);
        if (error == 0) {
            return new GainInterval(mean, mean, mean, 0);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double reach = Quantiles.student(Quantiles.TWO_SIDED_95, gains.length - 1.0) * error;
        double[] halves = halves(gains, draws, random);
        double low = Math.min(mean - reach, lowest(halves));
        double high = Math.max(mean + reach, -lowest(negated(halves)));
        if (!isSigned(gains)) {
            double[] ratios = ratios(gains, mean, error, draws, random);
            int rank = (int) (TAIL * (draws + 1)) - 1;
            low = Math.min(low, mean - ratios[draws - 1 - rank] * error);
            high = Math.max(high, mean - ratios[rank] * error);
        }
        return new GainInterval(low, high, mean, error);
    }

    /**
     * This interval, with an end moved to 0 if that end excludes 0 and a test of no gain does not.
     *
     * @param larger the test's p-value against a gain; one minus it is that against a loss
     */
    GainInterval unless(double larger) {
        double from = low > 0 && larger > TAIL ? 0 : low;
        double to = high < 0 && 1 - larger > TAIL ? 0 : high;
        return new GainInterval(from, to, mean, standardError);
    }

    /** Wins, losses and ties of one size: the sign-flip test is enough, and the bootstrap is coarse. */
    private static boolean isSigned(double[] gains) {
        double size = Arrays.stream(gains).map(Math::abs).max().orElse(0);
        return Arrays.stream(gains).allMatch(gain -> gain == 0 || Math.abs(gain) == size);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double standardError(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /** Means of random halves, ascending; an empty half is NaN and comes last. */
    private static double[] halves(double[] gains, int draws, SplittableRandom random) {
        double[] means = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            double sum = 0;
            int count = 0;
            long coins = 0;
            for (int i = 0; i < gains.length; i++) {
                coins = i % Long.SIZE == 0 ? random.nextLong() : coins >>> 1;
                if ((coins & 1) != 0) {
                    sum += gains[i];
                    count++;
                }
            }
            means[draw] = sum / count;
        }
        Arrays.sort(means);
        return means;
    }

    private static double[] negated(double[] sorted) {
        double[] negated = Arrays.stream(sorted).map(value -> -value).toArray();
        Arrays.sort(negated);
        return negated;
    }

    /** The least mean that the sign-flip test does not reject; the gains as they are count as one more draw. */
    private static double lowest(double[] sorted) {
        double limit = TAIL * (sorted.length + 1) - 1;
        int from = 0;
        while (from < sorted.length) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            if (from + (to - from) / 2.0 > limit) {
                return sorted[from];
            }
            from = Math.max(to, from + 1);
        }
        return Double.NEGATIVE_INFINITY;
    }

    /** Studentised means of resamples, ascending. */
    private static double[] ratios(double[] gains, double mean, double error, int draws, SplittableRandom random) {
        double[] ratios = new double[draws];
        double[] sample = new double[gains.length];
        for (int draw = 0; draw < draws; draw++) {
            Arrays.setAll(sample, i -> gains[random.nextInt(gains.length)] - mean);
            double distance = mean(sample);
            double own = standardError(sample, distance);
            boolean flat = own <= NO_SPREAD * error;
            ratios[draw] =
                    !flat ? distance / own : distance == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, distance);
        }
        Arrays.sort(ratios);
        return ratios;
    }
}
