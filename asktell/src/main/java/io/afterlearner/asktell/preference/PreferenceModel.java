package io.afterlearner.asktell.preference;

import java.util.ArrayList;
import java.util.List;

/**
 * Utilities learned from comparisons: a Gaussian process, with the probability of a preference given by the logistic function
 * of a difference (Chu, Ghahramani: Preference learning with Gaussian processes, ICML 2005; with the logistic function of
 * Bradley and Terry). The most likely utilities are found by coordinate ascent in the dual, one comparison at a time.
 */
final class PreferenceModel {

    /** A comparison of two points, by their indices. */
    record Comparison(int better, int worse) {}

    /** Prior variance of a utility: between two random points a user is rarely undecided. */
    private static final double VARIANCE = 9;

    private static final double SHORT_SCALE = 1 / 3.0;
    private static final int SWEEPS = 30;

    private final List<double[]> points;
    private final double[] weights;

    private PreferenceModel(List<double[]> points, double[] weights) {
        this.points = points;
        this.weights = weights;
    }

    static PreferenceModel of(List<double[]> points, List<Comparison> comparisons) {
        double[][] kernel = new double[points.size()][points.size()];
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < kernel.length; j++) {
                kernel[i][j] = VARIANCE * likeness(points.get(i), points.get(j));
            }
        }
        double[] shares = new double[comparisons.size()];
        double[] weights = new double[points.size()];
        double[] utilities = new double[points.size()];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int k = 0; k < shares.length; k++) {
                Comparison comparison = comparisons.get(k);
                double change = change(kernel, utilities, comparison, shares[k]);
                shares[k] += change;
                weights[comparison.better()] += change;
                weights[comparison.worse()] -= change;
                for (int i = 0; i < utilities.length; i++) {
                    utilities[i] += change * (kernel[i][comparison.better()] - kernel[i][comparison.worse()]);
                }
            }
        }
        return new PreferenceModel(new ArrayList<>(points), weights);
    }

    /** A Newton step towards the share that equals the probability of the opposite outcome. */
    private static double change(double[][] kernel, double[] utilities, Comparison comparison, double share) {
        int better = comparison.better();
        int worse = comparison.worse();
        double variance = kernel[better][better] + kernel[worse][worse] - 2 * kernel[better][worse];
        double opposite = 1 / (1 + StrictMath.exp(utilities[better] - utilities[worse]));
        return (opposite - share) / (1 + opposite * (1 - opposite) * variance);
    }

    /** Correlation of the utilities of two points: half at long range, half at short range. */
    private static double likeness(double[] one, double[] other) {
        double square = 0;
        for (int i = 0; i < one.length; i++) {
            square += (one[i] - other[i]) * (one[i] - other[i]);
        }
        double scaled = square / (2.0 * one.length);
        return 0.5 * StrictMath.exp(-scaled) + 0.5 * StrictMath.exp(-scaled / (SHORT_SCALE * SHORT_SCALE));
    }

    /** The most likely utility; higher is better. */
    double utility(double[] point) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] == 0 ? 0 : weights[i] * VARIANCE * likeness(point, points.get(i));
        }
        return sum;
    }

    /** Standard deviation of the utility, given only the nearest known point. */
    double doubt(double[] point) {
        double nearest = 0;
        for (double[] known : points) {
            nearest = Math.max(nearest, likeness(point, known));
        }
        return Math.sqrt(VARIANCE * (1 - nearest * nearest));
    }
}
