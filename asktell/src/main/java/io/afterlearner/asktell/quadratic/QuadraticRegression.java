package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Cholesky;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Outstanding;
import io.afterlearner.asktell.search.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Search for noisy losses: fits a quadratic to all told points by ridge regression (Bishop: Pattern Recognition and Machine
 * Learning, 2006, section 3.3; response surfaces go back to Box, Wilson: On the experimental attainment of optimum conditions,
 * 1951). Points are drawn from a Gaussian around its minimum, as wide as the noise requires: a wide cloud locates a minimum
 * better than repeating one point. Each point is drawn independently, so outstanding points delay nothing. It recommends the
 * minimum of the model, not the luckiest point.
 */
public final class QuadraticRegression implements Algorithm {

    /** The number of latest points kept. */
    private static final int MAX_POINTS = 1_000;

    private static final int CANDIDATES = 4;

    /** Limit of points times squared coefficients per tell; a fit that costs more waits for several tells. */
    private static final double MAX_WORK = 2e6;

    private static final double MIN_SPREAD = 1e-6;
    private static final double MAX_SPREAD = 1.5;

    private final Latent latent;
    private final Latent.Bounds bounds;
    private final int dimension;
    private final QuadraticFeatures features;
    private final List<Sample> points = new ArrayList<>();
    private final Outstanding<double[]> pending = new Outstanding<>();

    private double[] centre;
    private double spread = 1;
    /** The share of the variance of the losses that the model does not explain. */
    private double noise = 1;

    private double error;

    private @Nullable RidgeFit fit;
    private int toldSinceFit;

    public QuadraticRegression(Space space) {
        latent = new Latent(space);
        bounds = latent.bounds();
        dimension = latent.dimension();
        Run.requireAtMost(TrustRegionSearch.MAX_DIMENSIONS, dimension, "QuadraticRegression", "DiagonalCMA");
        features = new QuadraticFeatures(dimension);
        centre = new double[dimension];
    }

    /** The most informative of some drawn points, given all told and pending ones. */
    @Override
    public double[] sample(long number, Generator random) {
        double[] choice = latent.decode(latent.around(centre, spread, random));
        RidgeFit known = fit;
        Cholesky factor = known == null ? null : known.factorWith(pending.all());
        if (known == null || factor == null) {
            return choice;
        }
        double most = known.information(factor, latent.encode(choice));
        for (int k = 1; k < CANDIDATES; k++) {
            double[] candidate = latent.decode(latent.around(centre, spread, random));
            double information = known.information(factor, latent.encode(candidate));
            if (information > most) {
                most = information;
                choice = candidate;
            }
        }
        return choice;
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
        double work = (double) points.size() * features.size() * features.size();
        if (points.size() > 2 && toldSinceFit * MAX_WORK >= work) {
            fit();
            toldSinceFit = 0;
        }
    }

    /** The centre of the search, in latent coordinates, and its width. */
    void startFrom(double[] start, double width) {
        centre = start.clone();
        spread = Math.min(Math.max(width, MIN_SPREAD), MAX_SPREAD);
    }

    /** Tells another search all kept points as if it had sampled them, the oldest first. */
    void replayTo(Algorithm other) {
        for (Sample sample : points) {
            double[] point = latent.decode(sample.at());
            other.update(new Told(Told.NEVER_ASKED, point, sample.loss(), true, 0, Double.POSITIVE_INFINITY));
        }
    }

    /** The share of the variance of the losses that leave-one-out predictions do not explain; 1 while unknown. */
    double unexplained() {
        return noise;
    }

    /** The standard deviation of the leave-one-out prediction errors; 0 while unknown. */
    double error() {
        return error;
    }

    /** The number of points kept. */
    int size() {
        return points.size();
    }

    /** Keeps a point without moving the search. */
    void remember(Told told) {
        if (!told.failed()) {
            points.add(new Sample(latent.encode(told.point()), told.loss()));
        }
        if (points.size() > MAX_POINTS) {
            points.remove(0);
        }
    }

    @Override
    public double[] recommendation() {
        return latent.decode(centre);
    }

    private void fit() {
        RidgeFit next = RidgeFit.of(features, points, centre, spread, noise);
        if (next == null) {
            return;
        }
        fit = next;
        if (next.solved()) {
            noise = next.unexplained();
            error = next.error();
            move(features.model(next.coefficients()));
        }
    }

    private void move(QuadraticModel model) {
        double[] low = RidgeFit.scaled(bounds.lows(), centre, spread);
        double[] high = RidgeFit.scaled(bounds.highs(), centre, spread);
        double[] step = TrustStep.minimise(model, Math.sqrt(dimension * (1 - noise)), low, high);
        centre = Vectors.plus(centre, step, spread);
        double curvature = 0;
        for (int i = 0; i < dimension; i++) {
            curvature += model.hessian()[i][i];
        }
        double wanted = spread * Math.sqrt(Math.min(4, 8 * Math.sqrt(noise) / Math.max(curvature, 1e-3)));
        double next = 0.9 * spread + 0.1 * wanted;
        spread = Math.min(Math.max(next, MIN_SPREAD), MAX_SPREAD);
    }
}
