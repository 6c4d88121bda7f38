package io.afterlearner.asktell.process;

import io.afterlearner.asktell.math.Cholesky;
import io.afterlearner.asktell.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A normal distribution of the score at every point, given the scores at some (Rasmussen, Williams: Gaussian Processes for
 * Machine Learning, 2006, section 2.2). Before anything is known its mean is 0. Never changes.
 */
final class GaussianProcess {

    /** What is added to the sum of squares and to the count in the variance, so that few points do not say it is 0. */
    static final double PRIOR_WEIGHT = 1;

    private final Matern kernel;
    private final List<double[]> points;
    private final Cholesky factor;
    /** One a scored point; those believed come after them and have none. */
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
     * The distribution given scores.
     *
     * @param noise variance of each score in units of the process's, above 1e-9, so that equal points do no harm
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

    /** This with all points scored anew. */
    GaussianProcess scored(double[] scores) {
        double[] solved = factor.solve(scores);
        double square = Math.max(0, Vectors.dot(scores, solved));
        double scale = (square + PRIOR_WEIGHT) / (scores.length + PRIOR_WEIGHT);
        return new GaussianProcess(kernel, points, factor, solved, scale);
    }

    /**
     * This with one more point, as if it had been given the mean it is expected to have (the kriging believer of Ginsbourger, Le
     * Riche, Carraro: Kriging is well-suited to parallelize optimization, 2010): means stay, and deviations shrink around it.
     */
    GaussianProcess believing(double[] point, double noise) {
        double[] row = correlations(kernel, points, point);
        Cholesky larger = Objects.requireNonNull(factor.extended(row, 1 + noise));
        List<double[]> more = new ArrayList<>(points);
        more.add(point);
        return new GaussianProcess(kernel, more, larger, weights, variance);
    }

    /** Of a score before anything is known. */
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

    /** Of the score without its noise. */
    double deviation(double[] at) {
        double[] half = factor.forward(correlations(kernel, points, at));
        return deviation(Vectors.dot(half, half));
    }

    /** Rounding leaves no less than about 1e-8 of the prior deviation. */
    private double deviation(double explained) {
        return Math.sqrt(variance * Math.max(1 - explained, 1e-16));
    }

    /** How much a score at a point is expected to fall below a level. */
    LogExpectedImprovement improvement(double[] at, double level) {
        double[] correlations = correlations(kernel, points, at);
        double[] half = factor.forward(correlations);
        double mean = Vectors.dot(weights, correlations);
        return LogExpectedImprovement.of(mean, deviation(Vectors.dot(half, half)), level);
    }

    /** The same, with its gradient added to one. */
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
