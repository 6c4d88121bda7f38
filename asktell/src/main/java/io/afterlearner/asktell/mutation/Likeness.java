package io.afterlearner.asktell.mutation;

import io.afterlearner.asktell.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Gaussian process over choices (Rasmussen, Williams: Gaussian Processes for Machine Learning, 2006, algorithm 2.1) whose
 * covariance falls exponentially with the share of parameters that differ. A new point adds one row to the Cholesky factor,
 * which is quadratic in the points kept.
 */
final class Likeness {

    /** At this many points the older half is dropped. */
    private static final int MAX_POINTS = 240;

    private static final double SHARPNESS = 3;
    /** Variance that other points do not explain, as a share of the variance between points. */
    private static final double RIDGE = 0.01;

    private final List<double[]> points = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private final List<double[]> lower = new ArrayList<>();
    private double[] weights = {};

    boolean holds(double[] point) {
        return points.stream().anyMatch(other -> Arrays.equals(other, point));
    }

    void add(double[] point, double loss) {
        if (points.size() >= MAX_POINTS) {
            forgetHalf();
        }
        points.add(point);
        losses.add(loss);
        lower.add(row(points.size() - 1));
        weights = solve(standardised());
    }

    private void forgetHalf() {
        points.subList(0, MAX_POINTS / 2).clear();
        losses.subList(0, MAX_POINTS / 2).clear();
        lower.clear();
        for (int k = 0; k < points.size(); k++) {
            lower.add(row(k));
        }
    }

    private double[] row(int at) {
        double[] row = Arrays.copyOf(forward(covariances(points.get(at), at)), at + 1);
        double left = 1 + RIDGE - Vectors.dot(row, row);
        row[at] = Math.sqrt(Math.max(left, RIDGE / 2));
        return row;
    }

    private double[] covariances(double[] point, int count) {
        double[] covariances = new double[count];
        for (int k = 0; k < count; k++) {
            int unlike = 0;
            for (int i = 0; i < point.length; i++) {
                unlike += point[i] == points.get(k)[i] ? 0 : 1;
            }
            covariances[k] = StrictMath.exp(-SHARPNESS * unlike / point.length);
        }
        return covariances;
    }

    private double[] forward(double[] right) {
        double[] solution = right.clone();
        for (int i = 0; i < solution.length; i++) {
            double[] row = lower.get(i);
            for (int j = 0; j < i; j++) {
                solution[i] -= row[j] * solution[j];
            }
            solution[i] /= row[i];
        }
        return solution;
    }

    private double[] solve(double[] right) {
        double[] solution = forward(right);
        for (int i = solution.length - 1; i >= 0; i--) {
            double[] row = lower.get(i);
            solution[i] /= row[i];
            for (int j = 0; j < i; j++) {
                solution[j] -= row[j] * solution[i];
            }
        }
        return solution;
    }

    /** The losses standardised to mean 0 and variance 1. */
    private double[] standardised() {
        double mean = losses.stream().mapToDouble(loss -> loss).sum() / losses.size();
        double[] rest = losses.stream().mapToDouble(loss -> loss - mean).toArray();
        double deviation = Math.sqrt(Vectors.dot(rest, rest) / rest.length);
        return Arrays.stream(rest)
                .map(value -> deviation == 0 ? 0 : value / deviation)
                .toArray();
    }

    /** The expected loss of a point minus so many standard deviations, on the scale of the standardised losses. */
    double low(double[] point, double deviations) {
        double[] covariances = covariances(point, points.size());
        double[] known = forward(covariances);
        double left = Math.max(0, 1 - Vectors.dot(known, known));
        return Vectors.dot(covariances, weights) - deviations * Math.sqrt(left);
    }
}
