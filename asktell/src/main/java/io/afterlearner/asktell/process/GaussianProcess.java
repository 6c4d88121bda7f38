package io.afterlearner.asktell.process;

import io.afterlearner.asktell.math.Cholesky;
import io.afterlearner.asktell.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A Gaussian process: the normal distribution of the score at every point, given the scores at some (Rasmussen, Williams:
 * Gaussian Processes for Machine Learning, 2006, section 2.2). The prior mean is 0. Immutable.
 */
final class GaussianProcess {

    /** Added to the sum of squares and to the count in the variance, so that a few points cannot make it 0. */
    static final double PRIOR_WEIGHT = 1;

    private final Matern kernel;
    private final List<double[]> points;
    private final Cholesky factor;
    /** One per scored point; assumed points come after them and have none. */
    private final double[] weights;

    private final double variance;

    private GaussianProcess(Matern kernel, List<double[]> points, Cholesky factor, double[] weights, double variance) {
        this.kernel = kernel;
        this.points = points;
        this.factor = factor;
        this.weights = weights;
        this.variance = variance;
    }

    /**
     * @param noise variance of each score in units of the process's, above 1e-9, so that equal points keep the matrix regular
     */
    static GaussianProcess of(Matern kernel, List<double[]> points, double[] noise, double[] scores) {
        double[][] correlations = new double[points.size()][];
        for (int i = 0; i < correlations.length; i++) {
            correlations[i] = correlations(kernel, points.subList(0, i + 1), points.get(i));
        }
        Cholesky factor = Objects.requireNonNull(Cholesky.of(correlations, noise));
        return new GaussianProcess(kernel, List.copyOf(points), factor, scores, 1).scored(scores);
    }

    private static double[] correlations(Matern kernel, List<double[]> points, double[] at) {
        double[] correlations = new double[points.size()];
        for (int i = 0; i < correlations.length; i++) {
            correlations[i] = kernel.at(at, points.get(i));
        }
        return correlations;
    }

    /** Returns this process with new scores for all points. */
    GaussianProcess scored(double[] scores) {
        double[] solved = factor.solve(scores);
        double square = Math.max(0, Vectors.dot(scores, solved));
        double scale = (square + PRIOR_WEIGHT) / (scores.length + PRIOR_WEIGHT);
        return new GaussianProcess(kernel, points, factor, solved, scale);
    }

    /**
     * Returns this process with one more point that has its predicted mean (the kriging believer of Ginsbourger, Le Riche,
     * Carraro: Kriging is well-suited to parallelize optimization, 2010): means stay, deviations around the point shrink.
     */
    GaussianProcess believing(double[] point, double noise) {
        double[] row = correlations(kernel, points, point);
        Cholesky larger = Objects.requireNonNull(factor.extended(row, 1 + noise));
        List<double[]> more = new ArrayList<>(points);
        more.add(point);
        return new GaussianProcess(kernel, more, larger, weights, variance);
    }

    /** The prior variance of a score. */
    double variance() {
        return variance;
    }

    Matern kernel() {
        return kernel;
    }

    double mean(double[] at) {
        double mean = 0;
        for (int i = 0; i < weights.length; i++) {
            mean += weights[i] * kernel.at(at, points.get(i));
        }
        return mean;
    }

    /** The standard deviation of the score without its noise. */
    double deviation(double[] at) {
        double[] half = factor.forward(correlations(kernel, points, at));
        return deviation(Vectors.dot(half, half));
    }

    /** Rounding errors limit it to about 1e-8 of the prior deviation. */
    private double deviation(double explained) {
        return Math.sqrt(variance * Math.max(1 - explained, 1e-16));
    }

    /** The logarithm of the expected improvement at a point below a level. */
    LogExpectedImprovement improvement(double[] at, double level) {
        double[] correlations = correlations(kernel, points, at);
        double[] half = factor.forward(correlations);
        double mean = Vectors.dot(weights, correlations);
        return LogExpectedImprovement.of(mean, deviation(Vectors.dot(half, half)), level);
    }

    /** Like the other method, and adds the gradient to {@code gradient}. */
    double improvement(double[] at, double level, double[] gradient) {
        double[] correlations = correlations(kernel, points, at);
        double[] shares = factor.solve(correlations);
        double mean = Vectors.dot(weights, correlations);
        double deviation = deviation(Vectors.dot(shares, correlations));
        LogExpectedImprovement improvement = LogExpectedImprovement.of(mean, deviation, level);
        double perShare = -improvement.perDeviation() * variance / deviation;
        for (int i = 0; i < correlations.length; i++) {
            double weight = i < weights.length ? weights[i] : 0;
            double factorOfSlope = improvement.perMean() * weight + perShare * shares[i];
            kernel.addSlope(at, points.get(i), factorOfSlope, gradient);
        }
        return improvement.value();
    }

    /** The means at the scored points, smoothed by the noise. */
    double[] smoothed(double[] scores, double[] noise) {
        double[] means = Arrays.copyOf(scores, weights.length);
        for (int i = 0; i < means.length; i++) {
            means[i] -= noise[i] * weights[i];
        }
        return means;
    }
}
