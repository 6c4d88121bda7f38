package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.math.Cholesky;
import io.afterlearner.asktell.math.Vectors;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quadratic function fitted to samples by ridge regression (Bishop: Pattern Recognition and Machine Learning, 2006, section
 * 3.3). Coordinates are steps from a centre in units of a spread; farther samples have less weight. Immutable.
 *
 * @param gram weighted sums of products of features
 * @param ridge added to the diagonal of {@code gram}
 * @param coefficients of the features, in units of the standard deviation of the losses; empty if there is no solution
 * @param unexplained share of the variance of the losses that leave-one-out predictions do not explain
 * @param error standard deviation of the errors of these predictions
 */
record RidgeFit(
        QuadraticFeatures features,
        double[][] gram,
        double[] ridge,
        double[] centre,
        double spread,
        double[] coefficients,
        double unexplained,
        double error) {

    private static final double MIN_NOISE = 1e-4;

    /** Features, standardised losses and weights of the samples. */
    private record Rows(double[][] features, double[] losses, double[] weights) {}

    /**
     * @param noise the unexplained share that the ridge assumes
     * @return null if all losses are equal
     */
    static @Nullable RidgeFit of(
            QuadraticFeatures features, List<Sample> samples, double[] centre, double spread, double noise) {
        Rows rows = rows(features, samples, centre, spread);
        double scale = standardise(rows.losses(), rows.weights());
        if (scale == 0) {
            return null;
        }
        int size = features.size();
        double[][] gram = new double[size][size];
        for (int k = 0; k < samples.size(); k++) {
            add(gram, rows.features()[k], rows.weights()[k]);
        }
        double[] ridge = new double[size];
        Arrays.setAll(ridge, i -> Math.max(noise, MIN_NOISE) / features.priorVariance(i));
        Cholesky factor = Cholesky.of(gram, ridge);
        double[] coefficients = factor == null ? new double[0] : factor.solve(weighted(rows, size));
        if (factor == null || !Double.isFinite(Vectors.dot(coefficients, coefficients))) {
            return new RidgeFit(features, gram, ridge, centre.clone(), spread, new double[0], 1, 0);
        }
        double unexplained = unexplained(rows, coefficients, factor);
        double error = scale * Math.sqrt(unexplained);
        return new RidgeFit(features, gram, ridge, centre.clone(), spread, coefficients, unexplained, error);
    }

    /** Whether there are coefficients. */
    boolean solved() {
        return coefficients.length > 0;
    }

    private static Rows rows(QuadraticFeatures features, List<Sample> samples, double[] centre, double spread) {
        Rows rows = new Rows(new double[samples.size()][], new double[samples.size()], new double[samples.size()]);
        for (int k = 0; k < samples.size(); k++) {
            double[] step = scaled(samples.get(k).at(), centre, spread);
            rows.features()[k] = features.of(step);
            rows.losses()[k] = samples.get(k).loss();
            rows.weights()[k] = StrictMath.exp(-Vectors.dot(step, step) / (18.0 * centre.length));
        }
        return rows;
    }

    static double[] scaled(double[] at, double[] centre, double spread) {
        double[] step = Vectors.minus(at, centre);
        for (int i = 0; i < step.length; i++) {
            step[i] /= spread;
        }
        return step;
    }

    /** Standardises losses to mean 0 and variance 1; returns their former standard deviation. */
    private static double standardise(double[] losses, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        double mean = Vectors.dot(weights, losses) / sum;
        double square = 0;
        for (int k = 0; k < losses.length; k++) {
            losses[k] -= mean;
            square += weights[k] * losses[k] * losses[k];
        }
        double deviation = Math.sqrt(square / sum);
        for (int k = 0; deviation > 0 && k < losses.length; k++) {
            losses[k] /= deviation;
        }
        return deviation;
    }

    private static void add(double[][] gram, double[] features, double weight) {
        for (int i = 0; i < features.length; i++) {
            double row = weight * features[i];
            for (int j = 0; j <= i; j++) {
                gram[i][j] += row * features[j];
            }
        }
    }

    private static double[] weighted(Rows rows, int size) {
        double[] sum = new double[size];
        for (int k = 0; k < rows.losses().length; k++) {
            for (int i = 0; i < size; i++) {
                sum[i] += rows.weights()[k] * rows.losses()[k] * rows.features()[k][i];
            }
        }
        return sum;
    }

    /** The leave-one-out error of each loss: its residual divided by one minus its leverage. */
    private static double unexplained(Rows rows, double[] coefficients, Cholesky factor) {
        double sum = 1;
        double square = 1;
        for (int k = 0; k < rows.losses().length; k++) {
            double[] forward = factor.forward(rows.features()[k]);
            double weight = rows.weights()[k];
            double leverage = Math.min(0.99, weight * Vectors.dot(forward, forward));
            double rest = (rows.losses()[k] - Vectors.dot(rows.features()[k], coefficients)) / (1 - leverage);
            square += weight * rest * rest;
            sum += weight;
        }
        return Math.min(1, Math.max(MIN_NOISE, square / sum));
    }

    /** The factor after more points with any losses; null if the matrix becomes singular. */
    @Nullable
    Cholesky factorWith(Collection<double[]> points) {
        double[][] sum = Arrays.stream(gram).map(double[]::clone).toArray(double[][]::new);
        points.forEach(at -> add(sum, features.of(scaled(at, centre, spread)), 1));
        return Cholesky.of(sum, ridge);
    }

    /** The variance of the prediction at a point, in units of the noise. */
    double information(Cholesky factor, double[] at) {
        double[] forward = factor.forward(features.of(scaled(at, centre, spread)));
        return Vectors.dot(forward, forward);
    }
}
