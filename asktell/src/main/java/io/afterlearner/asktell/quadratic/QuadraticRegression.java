package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Cholesky;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.quadratic.Sites.Site;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Outstanding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For noisy losses: a quadratic fitted to all points told, by ridge regression (Bishop: Pattern Recognition and Machine
 * Learning, 2006, section 3.3; response surfaces go back to Box, Wilson: On the experimental attainment of optimum
 * conditions, 1951). Points are drawn by a gaussian around its minimum, as wide as the noise makes necessary: a wide cloud
 * pins a minimum down better than evaluating one point again and again. Outstanding points hold nothing up, since each is
 * drawn on its own. The minimum of the model, not the luckiest point, is what it recommends.
 */
public final class QuadraticRegression implements Algorithm {

    /** The latest points kept. */
    private static final int MOST_POINTS = 1_000;

    /** Up to here products of two coordinates are fitted too, beyond only squares. */
    private static final int MOST_MIXED_DIMENSIONS = 12;

    /** Prior variances of the coefficients, in units of the variance of the losses. */
    private static final double[] PRIOR = {100, 1, 1, 0.05, 0.02};

    private static final double LEAST_NOISE = 1e-4;

    private static final int CANDIDATES = 4;

    /** Points times squared coefficients that a tell may take; where a fit takes more, it waits for as many tells. */
    private static final double MOST_WORK = 2e6;

    private static final double LEAST_SPREAD = 1e-6;
    private static final double GREATEST_SPREAD = 1.5;

    private final Latent latent;
    private final Latent.Bounds bounds;
    private final int dimension;
    private final List<Site> points = new ArrayList<>();
    private final Outstanding<double[]> pending = new Outstanding<>();

    private double[] centre;
    private double spread = 1;
    /** Share of the variance of the losses that the model leaves unexplained. */
    private double noise = 1;

    private double error;

    private @Nullable Fit fit;
    private int toldSinceFit;

    /** What was known at the last fit: sums over the points in coordinates around a centre, in units of a spread. */
    private record Fit(double[][] gram, double[] ridge, double[] centre, double spread) {}

    public static QuadraticRegression of(Space space) {
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

    /** Of some drawn points the one that teaches most beside all told and pending ones. */
    @Override
    public double[] sample(long number, Generator random) {
        double[] choice = latent.decode(drawn(random));
        Fit known = fit;
        Cholesky factor = known == null ? null : withPending(known);
        if (known == null || factor == null) {
            return choice;
        }
        double most = information(known, factor, choice);
        for (int k = 1; k < CANDIDATES; k++) {
            double[] candidate = latent.decode(drawn(random));
            double information = information(known, factor, candidate);
            if (information > most) {
                most = information;
                choice = candidate;
            }
        }
        return choice;
    }

    private double[] drawn(Generator random) {
        double[] least = latent.leastDeviation(centre);
        double[] at = centre.clone();
        for (int i = 0; i < dimension; i++) {
            at[i] += Math.max(spread, least[i]) * random.gaussian();
        }
        return at;
    }

    private @Nullable Cholesky withPending(Fit known) {
        double[][] gram = Arrays.stream(known.gram()).map(double[]::clone).toArray(double[][]::new);
        pending.all().forEach(at -> add(gram, features(scaled(at, known.centre(), known.spread())), 1));
        return Cholesky.of(gram, known.ridge());
    }

    private double information(Fit known, Cholesky factor, double[] point) {
        double[] features = features(scaled(latent.encode(point), known.centre(), known.spread()));
        double[] forward = factor.forward(features);
        return Vectors.dot(forward, forward);
    }

    @Override
    public void asked(long number, double[] point, boolean sampled) {
        pending.add(number, latent.encode(point));
    }

    @Override
    public void update(Told told) {
        pending.remove(told.number());
        if (told.failed()) {
            return;
        }
        remember(told);
        toldSinceFit++;
        double work = (double) points.size() * features(centre).length * features(centre).length;
        if (points.size() > 2 && toldSinceFit * MOST_WORK >= work) {
            fit();
            toldSinceFit = 0;
        }
    }

    /** Where to search next, in latent coordinates, and how wide. */
    void startFrom(double[] start, double width) {
        centre = start.clone();
        spread = Math.min(Math.max(width, LEAST_SPREAD), GREATEST_SPREAD);
    }

    /** Tells another all points kept as if it had sampled them, the oldest first. */
    void replayTo(Algorithm other) {
        for (Site site : points) {
            double[] point = latent.decode(site.at());
            other.update(new Told(Told.NEVER_ASKED, point, site.loss(), true, 0, Double.POSITIVE_INFINITY));
        }
    }

    /** Share of the variance of the losses that would not have been foretold, each by all others; 1 as long as unknown. */
    double unexplained() {
        return noise;
    }

    /** By how much losses would have been foretold wrongly, as a standard deviation; 0 as long as unknown. */
    double error() {
        return error;
    }

    /** How many points are kept. */
    int size() {
        return points.size();
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
            double[] step = scaled(points.get(k).at(), centre, spread);
            features[k] = features(step);
            losses[k] = points.get(k).loss();
            weights[k] = StrictMath.exp(-Vectors.dot(step, step) / (18.0 * dimension));
        }
        double scale = standardise(losses, weights);
        if (scale == 0) {
            return;
        }
        Fit next = fit(features, weights);
        Cholesky factor = Cholesky.of(next.gram(), next.ridge());
        double[] coefficients = factor == null ? new double[0] : factor.solve(weighted(features, losses, weights));
        fit = next;
        if (factor != null && Double.isFinite(Vectors.dot(coefficients, coefficients))) {
            noise = leftover(features, losses, weights, coefficients, factor);
            error = scale * Math.sqrt(noise);
            move(coefficients);
        }
    }

    private static double[] scaled(double[] at, double[] centre, double spread) {
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

    private Fit fit(double[][] features, double[] weights) {
        int size = features[0].length;
        double[][] gram = new double[size][size];
        double[] ridge = new double[size];
        for (int k = 0; k < features.length; k++) {
            add(gram, features[k], weights[k]);
        }
        for (int i = 0; i < size; i++) {
            ridge[i] = Math.max(noise, LEAST_NOISE) / priorVariance(i);
        }
        return new Fit(gram, ridge, centre.clone(), spread);
    }

    private static void add(double[][] gram, double[] features, double weight) {
        for (int i = 0; i < features.length; i++) {
            double row = weight * features[i];
            for (int j = 0; j <= i; j++) {
                gram[i][j] += row * features[j];
            }
        }
    }

    private static double[] weighted(double[][] features, double[] losses, double[] weights) {
        double[] sum = new double[features[0].length];
        for (int k = 0; k < features.length; k++) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[k] * losses[k] * features[k][i];
            }
        }
        return sum;
    }

    /** Each loss foretold by the others: what the fit leaves of it, over how much it was free to follow it. */
    private static double leftover(
            double[][] features, double[] losses, double[] weights, double[] coefficients, Cholesky factor) {
        double sum = 1;
        double square = 1;
        for (int k = 0; k < losses.length; k++) {
            double[] forward = factor.forward(features[k]);
            double leverage = Math.min(0.99, weights[k] * Vectors.dot(forward, forward));
            double rest = (losses[k] - Vectors.dot(features[k], coefficients)) / (1 - leverage);
            square += weights[k] * rest * rest;
            sum += weights[k];
        }
        return Math.min(1, Math.max(LEAST_NOISE, square / sum));
    }

    private void move(double[] coefficients) {
        QuadraticModel model = model(coefficients);
        double[] low = scaled(bounds.lows(), centre, spread);
        double[] high = scaled(bounds.highs(), centre, spread);
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
