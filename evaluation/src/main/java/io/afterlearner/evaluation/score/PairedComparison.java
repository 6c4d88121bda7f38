package io.afterlearner.evaluation.score;

import io.afterlearner.evaluation.loss.Scorer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two candidates scored on the same examples, compared: examples are drawn with replacement, the same for both, and the
 * intervals are the middle 95 % of the results (percentile bootstrap).
 *
 * @param difference second loss minus first; negative where the second is better
 * @param interval of the difference, lower end first
 * @param first interval of the first loss
 * @param second interval of the second loss
 * @see <a href="https://doi.org/10.1201/9780429246593">Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13</a>
 */
public record PairedComparison(double difference, double[] interval, double[] first, double[] second) {
    /** Enough for the ends of a 95 % interval to vary by about a hundredth of its width. */
    private static final int RESAMPLES = 10_000;

    private static final double LEVEL = 0.95;
    /** Limit of numbers to add up; large data sets get fewer resamples, at least 200. */
    private static final long MAX_WORK = 4_000_000_000L;

    private static final int MIN_RESAMPLES = 200;

    /**
     * @param seed of the draws; the same seed gives the same intervals
     * @throws IllegalArgumentException if the scores are not of the same examples and loss
     */
    public static PairedComparison bootstrap(Score first, Score second, long seed) {
        if (first.examples() != second.examples() || first.statistics().length != second.statistics().length) {
            throw new IllegalArgumentException(
                    "scores of " + first.examples() + " and " + second.examples() + " examples cannot be paired");
        }
        int draws = (int) Math.min(RESAMPLES, Math.max(MIN_RESAMPLES, MAX_WORK / first.statistics().length));
        double[] a = new double[draws];
        double[] b = new double[draws];
        double[] differences = new double[draws];
        SplittableRandom random = new SplittableRandom(seed);
        int[] times = new int[first.examples()];
        for (int draw = 0; draw < draws; draw++) {
            resample(times, random);
            a[draw] = loss(first, times);
            b[draw] = loss(second, times);
            differences[draw] = b[draw] - a[draw];
        }
        return new PairedComparison(second.loss() - first.loss(), middle(differences), middle(a), middle(b));
    }

    private static void resample(int[] times, SplittableRandom random) {
        Arrays.fill(times, 0);
        for (int i = 0; i < times.length; i++) {
            times[random.nextInt(times.length)]++;
        }
    }

    private static double loss(Score score, int[] times) {
        Scorer scorer = score.scorer();
        int width = scorer.statistics();
        double[] sums = new double[width];
        for (int example = 0; example < times.length; example++) {
            if (times[example] > 0) {
                for (int s = 0; s < width; s++) {
                    sums[s] += times[example] * score.statistics()[example * width + s];
                }
            }
        }
        return scorer.value(sums, times.length);
    }

    /** The middle of the finite values; a draw without a loss is not counted. */
    private static double[] middle(double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        return new double[] {quantile(sorted, (1 - LEVEL) / 2), quantile(sorted, (1 + LEVEL) / 2)};
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
