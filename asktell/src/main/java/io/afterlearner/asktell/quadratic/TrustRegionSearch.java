package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.design.Design;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Outstanding;
import io.afterlearner.asktell.search.Run;
import java.util.Arrays;
import java.util.List;

/**
 * Minimises a quadratic model within a radius around the best point, as Powell's NEWUOA and BOBYQA do (The NEWUOA software for
 * unconstrained optimization without derivatives, 2006; The BOBYQA algorithm for bound constrained optimization without
 * derivatives, 2009), but with a different model ({@link QuadraticKernel}). First it asks two points along each coordinate
 * ({@link io.afterlearner.asktell.design.Design}). Then it asks the model's minimum, whose success sets the radius; if that
 * fails, it asks points that improve the model most. When the region has become too small, the search restarts elsewhere.
 *
 * <p>If many points are outstanding, one is the model's minimum. Each of the others lies where the model is least certain,
 * given all outstanding points, or at the minimum within another radius.
 */
public final class TrustRegionSearch implements Algorithm {

    /** The model's matrix has three rows per coordinate, and each tell factorises it. */
    public static final int MAX_DIMENSIONS = 200;

    private record Pending(double[] at, double predicted, double length, double loss, boolean trial) {}

    private final Run run;
    private final Latent latent;
    private final Latent.Bounds bounds;
    private final int dimension;
    private final Outstanding<Pending> pending = new Outstanding<>();

    private final Design design;
    private InterpolationSet points;
    private QuadraticModel model;
    private TrustRadius radius = TrustRadius.FIRST;

    private boolean improving;
    /** Whether the last step to a minimum gained about as much as the model predicted. */
    private boolean trusted = true;

    private long starts = 1;
    private Sample best;

    public TrustRegionSearch(Run run) {
        this.run = run;
        latent = new Latent(run.space());
        bounds = latent.bounds();
        dimension = latent.dimension();
        Run.requireAtMost(MAX_DIMENSIONS, dimension, "TrustRegion", "DiagonalCMA");
        design = new Design(dimension, 2 * dimension);
        points = interpolationAround(new double[dimension]);
        best = points.centre();
        model = QuadraticModel.flat(dimension);
    }

    private InterpolationSet interpolationAround(double[] start) {
        return new InterpolationSet(
                Math.min((dimension + 1) * (dimension + 2) / 2, Math.max(2 * dimension + 1, 60)), start);
    }

    /** The best point, in latent coordinates, since the last restart. */
    double[] centre() {
        return points.centre().at();
    }

    /** The radius around {@link #centre} within which the model is trusted. */
    double radius() {
        return radius.value();
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] point = latent.decode(Vectors.plus(centre(), step(random), 1));
        return isNew(point) ? point : latent.decode(latent.around(centre(), radius.value(), random));
    }

    private boolean isNew(double[] point) {
        double[] at = latent.encode(point);
        return !points.contains(at) && pending.all().stream().noneMatch(other -> Arrays.equals(other.at(), at));
    }

    private double[] step(Generator random) {
        if (design.open()) {
            return design.step(centre(), bounds, radius.value(), random);
        }
        if (points.centre().loss() == Double.POSITIVE_INFINITY) {
            return Vectors.minus(latent.around(centre(), radius.value(), random), centre());
        }
        long trials = pending.all().stream().filter(Pending::trial).count();
        if ((improving && pending.size() == 0) || (trials > 0 && pending.size() % 2 == 1)) {
            return teaching(random);
        }
        double[] step = minimum(radius.value() * stretch((int) trials));
        double apart = 0.1 * Vectors.norm(step);
        boolean crowded = pending.all().stream()
                .anyMatch(other -> Vectors.distance(Vectors.minus(other.at(), centre()), step) <= apart);
        return crowded || Vectors.norm(step) < 0.1 * radius.resolution() ? teaching(random) : step;
    }

    /** Returns 1, ½, 2, ¼, 4 and so on. */
    private static double stretch(int turn) {
        return StrictMath.pow(2, turn % 2 == 0 ? turn / 2 : -(turn + 1) / 2);
    }

    private double[] minimum(double within) {
        double[] low = Vectors.minus(bounds.lows(), centre());
        double[] high = Vectors.minus(bounds.highs(), centre());
        return TrustStep.minimise(model, within, low, high);
    }

    private double[] teaching(Generator random) {
        double length = Math.max(Math.min(radius.value(), 0.5 * points.reach()), radius.resolution());
        List<double[]> known = points.steps();
        pending.all().forEach(other -> known.add(Vectors.minus(other.at(), centre())));
        return new TeachingStep(centre(), bounds, length).choose(known, model, random);
    }

    @Override
    public void asked(long number, double[] point, boolean sampled) {
        if (!sampled) {
            return;
        }
        double[] at = latent.encode(point);
        double[] step = Vectors.minus(at, centre());
        double predicted = -model.at(step);
        boolean trial = !design.open()
                && predicted > 0
                && predicted > 0.5 * -model.at(minimum(Math.min(radius.value(), Vectors.norm(step))));
        pending.add(
                number,
                new Pending(at, predicted, Vectors.norm(step), points.centre().loss(), trial));
        if (design.open()) {
            design.asked(centre(), at);
        }
    }

    @Override
    public void update(Told told) {
        Pending asked = pending.remove(told.number());
        if (told.failed()) {
            radius = radius.afterFailure();
            return;
        }
        learn(new Sample(latent.encode(told.point()), told.loss()));
        if (asked != null && asked.trial() && !design.open()) {
            judge(asked, told.loss());
        } else if (asked != null) {
            improving = false;
        }
        if (!design.open()) {
            settle();
        }
    }

    private void learn(Sample sample) {
        best = sample.loss() < best.loss() ? sample : best;
        double[] before = points.centre().at();
        points.add(sample, radius.value());
        model = model.centredAt(Vectors.minus(points.centre().at(), before));
        if (!design.open() && points.centre().loss() < Double.POSITIVE_INFINITY) {
            model = points.fitted(model, Math.max(radius.value(), TrustRadius.MIN_RADIUS));
        }
    }

    private void judge(Pending asked, double loss) {
        double ratio = (asked.loss() - loss) / asked.predicted();
        trusted = ratio > 0.5 && ratio < 2;
        radius = radius.after(ratio, asked.length());
        boolean stale = points.reach() > 2 * radius.value();
        improving = ratio < 0.1 && stale;
        if (ratio < 0.1 && !stale && radius.value() <= radius.resolution()) {
            refine();
        }
    }

    /** While the model's minimum is nearer than the resolution, either the model improves or the resolution shrinks. */
    private void settle() {
        for (int k = 0;
                k < 20 && !design.open() && Vectors.norm(minimum(radius.value())) < 0.5 * radius.resolution();
                k++) {
            if (!trusted && points.reach() > 2 * Math.max(radius.value(), radius.resolution()) && !improving) {
                improving = true;
                return;
            }
            improving = false;
            refine();
        }
    }

    private void refine() {
        radius = radius.refined();
        if (radius.resolution() < TrustRadius.MIN_RADIUS) {
            restart();
        }
    }

    private void restart() {
        radius = TrustRadius.FIRST;
        improving = false;
        trusted = true;
        model = QuadraticModel.flat(dimension);
        Generator random = run.ownGenerator(starts++);
        double[] at = Vectors.plus(starts % 2 == 0 ? best.at() : new double[dimension], random.gaussians(dimension), 1);
        points = interpolationAround(at);
        design.restart();
    }
}
