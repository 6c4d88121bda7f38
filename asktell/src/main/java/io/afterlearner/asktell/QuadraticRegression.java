package io.afterlearner.asktell;

import io.afterlearner.asktell.Sites.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For noisy losses: a quadratic fitted to all points told, by ridge regression (Bishop: Pattern Recognition and Machine
 * Learning, 2006, section 3.3; response surfaces go back to Box, Wilson: On the experimental attainment of optimum
 * conditions, 1951). Points are drawn by a gaussian around its minimum, as wide as the noise makes necessary: a wide cloud
 * pins a minimum down better than evaluating one point again and again. Outstanding points hold nothing up, since each is
 * drawn on its own. The minimum of the model, not the luckiest point, is what it recommends.
 */
final class QuadraticRegression implements Algorithm {

    /** The latest points kept. */
    private static final int MOST_POINTS = 1_000;

    /** Up to here products of two coordinates are fitted too, beyond only squares. */
    private static final int MOST_MIXED_DIMENSIONS = 12;

    /** Prior variances of the coefficients, in units of the variance of the losses. */
    private static final double[] PRIOR = {100, 1, 1, 0.05, 0.02};

    private static final double LEAST_SPREAD = 1e-6;
    private static final double GREATEST_SPREAD = 1.5;

    private final Latent latent;
    private final Latent.Bounds bounds;
    private final int dimension;
    private final List<Site> points = new ArrayList<>();
    private double[] centre;
    private double spread = 1;
    /** Share of the variance of the losses that the model leaves. */
    private double noise = 0.5;

    static QuadraticRegression of(Space space) {
        Latent latent = new Latent(space);
        if (latent.dimension() > TrustRegion.MOST_DIMENSIONS) {
            throw new IllegalArgumentException("QuadraticRegression fits squares of " + latent.dimension()
                    + " dimensions for this space, its limit is " + TrustRegion.MOST_DIMENSIONS
                    + ": use DiagonalCMA");
        }
        return new QuadraticRegression(latent);
    }

    private QuadraticRegression(Latent latent) {
        this.latent = latent;
        bounds = latent.bounds();
        dimension = latent.dimension();
        centre = new double[dimension];
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] least = latent.leastDeviation(centre);
        double[] at = centre.clone();
        for (int i = 0; i < dimension; i++) {
            at[i] += Math.max(spread, least[i]) * random.gaussian();
        }
        return latent.decode(at);
    }

    @Override
    public void update(Told told) {
        if (told.failed()) {
            return;
        }
        remember(told);
        if (points.size() > 2) {
            fit();
        }
    }

    /** Keeps a point without moving. */
    void remember(Told told) {
        if (!told.failed()) {
            points.add(new Site(latent.encode(told.point()), told.loss()));
        }
        if (points.size() > MOST_POINTS) {
            points.remove(0);
        }
    }

    @Override
    public double[] recommendation() {
        return latent.decode(centre);
    }

    private void fit() {
        double[][] features = new double[points.size()][];
        double[] losses = new double[points.size()];
        double[] weights = new double[points.size()];
        for (int k = 0; k < losses.length; k++) {
            double[] step = scaled(points.get(k).at());
            features[k] = features(step);
            losses[k] = points.get(k).loss();
            weights[k] = StrictMath.exp(-Vectors.dot(step, step) / (18.0 * dimension));
        }
        double scale = standardise(losses, weights);
        if (scale == 0) {
            return;
        }
        double[] coefficients = coefficients(features, losses, weights);
        if (Double.isFinite(Vectors.dot(coefficients, coefficients))) {
            noise = leftover(features, losses, weights, coefficients);
            move(coefficients);
        }
    }

    private double[] scaled(double[] at) {
        double[] step = Vectors.minus(at, centre);
        for (int i = 0; i < step.length; i++) {
            step[i] /= spread;
        }
        return step;
    }

    /** 1, each coordinate, the mean square, each square, each product. */
    private double[] features(double[] step) {
        boolean mixed = dimension <= MOST_MIXED_DIMENSIONS;
        double[] features = new double[2 + 2 * dimension + (mixed ? dimension * (dimension - 1) / 2 : 0)];
        features[0] = 1;
        features[1 + dimension] = Vectors.dot(step, step) / dimension;
        int next = 2 + 2 * dimension;
        for (int i = 0; i < dimension; i++) {
            features[1 + i] = step[i];
            features[2 + dimension + i] = step[i] * step[i];
            for (int j = 0; mixed && j < i; j++) {
                features[next++] = step[i] * step[j];
            }
        }
        return features;
    }

    private double priorVariance(int feature) {
        if (feature == 0) {
            return PRIOR[0];
        }
        if (feature <= dimension) {
            return PRIOR[1];
        }
        return feature == dimension + 1 ? PRIOR[2] : feature < 2 + 2 * dimension ? PRIOR[3] : PRIOR[4];
    }

    /** To mean 0 and variance 1; the standard deviation they had. */
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

    private double[] coefficients(double[][] features, double[] losses, double[] weights) {
        int size = features[0].length;
        double[][] gram = new double[size][size];
        double[] right = new double[size];
        double[] ridge = new double[size];
        for (int k = 0; k < features.length; k++) {
            for (int i = 0; i < size; i++) {
                double row = weights[k] * features[k][i];
                right[i] += row * losses[k];
                for (int j = 0; j <= i; j++) {
                    gram[i][j] += row * features[k][j];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            ridge[i] = noise / priorVariance(i);
        }
        Cholesky factor = Cholesky.of(gram, ridge);
        return factor == null ? new double[size] : factor.solve(right);
    }

    private static double leftover(double[][] features, double[] losses, double[] weights, double[] coefficients) {
        double sum = 1;
        double square = 1;
        for (int k = 0; k < losses.length; k++) {
            double rest = losses[k] - Vectors.dot(features[k], coefficients);
            square += weights[k] * rest * rest;
            sum += weights[k];
        }
        return Math.min(1, Math.max(1e-4, square / sum));
    }

    private void move(double[] coefficients) {
        QuadraticModel model = model(coefficients);
        double[] low = scaled(bounds.lows());
        double[] high = scaled(bounds.highs());
        double[] step = TrustStep.minimise(model, Math.sqrt(dimension * (1 - noise)), low, high);
        centre = Vectors.plus(centre, step, spread);
        double curvature = 0;
        for (int i = 0; i < dimension; i++) {
            curvature += model.hessian()[i][i];
        }
        double wanted = spread * Math.sqrt(Math.min(4, 8 * Math.sqrt(noise) / Math.max(curvature, 1e-3)));
        double next = 0.9 * spread + 0.1 * wanted;
        spread = Math.min(Math.max(next, LEAST_SPREAD), GREATEST_SPREAD);
    }

    private QuadraticModel model(double[] coefficients) {
        QuadraticModel model = QuadraticModel.flat(dimension);
        int next = 2 + 2 * dimension;
        for (int i = 0; i < dimension; i++) {
            model.gradient()[i] = coefficients[1 + i];
            model.hessian()[i][i] = 2 * (coefficients[1 + dimension] / dimension + coefficients[2 + dimension + i]);
            for (int j = 0; next < coefficients.length && j < i; j++) {
                model.hessian()[i][j] = coefficients[next];
                model.hessian()[j][i] = coefficients[next++];
            }
        }
        return model;
    }
}
