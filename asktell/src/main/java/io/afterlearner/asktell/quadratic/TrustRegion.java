package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.design.Design;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.quadratic.Sites.Site;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Outstanding;
import io.afterlearner.asktell.search.Plan;
import java.util.Arrays;
import java.util.List;

/**
 * Minimises a quadratic model within a radius around the best point, as Powell's NEWUOA and BOBYQA do (The NEWUOA software
 * for unconstrained optimization without derivatives, 2006; The BOBYQA algorithm for bound constrained optimization
 * without derivatives, 2009), with a model of its own ({@link QuadraticKernel}). First one point along each coordinate,
 * each from the best yet, then a second one; then steps to the model's minimum, whose success sets the radius, and where
 * they fail points that teach the model most. A region that has shrunk to nothing starts again elsewhere.
 *
 * <p>Many may be outstanding: one of them is the model's minimum, and each of the others lies where, with all outstanding
 * ones taken as known, the model is least certain, or at the minimum within another radius.
 */
public final class TrustRegion implements Algorithm {

    /** The model's matrix has three rows a coordinate, and each tell factorises it. */
    public static final int MOST_DIMENSIONS = 200;

    private static final double LEAST_RADIUS = 1e-9;
    private static final double GREATEST_RADIUS = 1e6;
    private static final int CANDIDATES = 24;

    private record Pending(double[] at, double predicted, double length, double loss, boolean trial) {}

    private final Plan plan;
    private final Latent latent;
    private final Latent.Bounds bounds;
    private final int dimension;
    private final Outstanding<Pending> pending = new Outstanding<>();

    private final Design design;
    private Sites sites;
    private QuadraticModel model;
    private double radius = 1;
    /** The least radius before what is learned calls for a smaller one (Powell's rho). */
    private double resolution = 1;

    private boolean improving;
    /** Whether the last step to a minimum gained about what the model said. */
    private boolean trusted = true;

    private long starts = 1;
    private Site best;

    private TrustRegion(Latent latent, Plan plan) {
        this.plan = plan;
        this.latent = latent;
        bounds = latent.bounds();
        dimension = latent.dimension();
        design = new Design(dimension, 2 * dimension);
        sites = sitesAround(new double[dimension]);
        best = sites.centre();
        model = QuadraticModel.flat(dimension);
    }

    private Sites sitesAround(double[] start) {
        return new Sites(Math.min((dimension + 1) * (dimension + 2) / 2, Math.max(2 * dimension + 1, 60)), start);
    }

    /** The best point in latent coordinates since the last start. */
    double[] centre() {
        return sites.centre().at();
    }

    /** How far from the {@link #centre} the model is trusted. */
    double radius() {
        return radius;
    }

    public static TrustRegion of(Plan plan) {
        Latent latent = new Latent(plan.space());
        if (latent.dimension() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("TrustRegion keeps a model of " + latent.dimension()
                    + " dimensions for this space, its limit is " + MOST_DIMENSIONS + ": use DiagonalCMA");
        }
        return new TrustRegion(latent, plan);
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] point = latent.decode(Vectors.plus(centre(), step(random), 1));
        return isNew(point) ? point : latent.decode(nearby(random));
    }

    private boolean isNew(double[] point) {
        double[] at = latent.encode(point);
        return !sites.contains(at) && pending.all().stream().noneMatch(other -> Arrays.equals(other.at(), at));
    }

    /** Gaussian, wide enough for whole numbers and options to change. */
    private double[] nearby(Generator random) {
        double[] least = latent.leastDeviation(centre());
        double[] at = centre().clone();
        for (int i = 0; i < at.length; i++) {
            at[i] += Math.max(least[i], radius) * random.gaussian();
        }
        return at;
    }

    private double[] step(Generator random) {
        if (design.open()) {
            return design.step(centre(), bounds, radius, random);
        }
        if (sites.centre().loss() == Double.POSITIVE_INFINITY) {
            return Vectors.minus(nearby(random), centre());
        }
        long trials = pending.all().stream().filter(Pending::trial).count();
        if ((improving && pending.size() == 0) || (trials > 0 && pending.size() % 2 == 1)) {
            return teaching(random);
        }
        double[] step = minimum(radius * stretch((int) trials));
        double apart = 0.1 * Vectors.norm(step);
        boolean crowded = pending.all().stream()
                .anyMatch(other -> Vectors.distance(Vectors.minus(other.at(), centre()), step) <= apart);
        return crowded || Vectors.norm(step) < 0.1 * resolution ? teaching(random) : step;
    }

    /** 1, ½, 2, ¼, 4 and so on. */
    private static double stretch(int turn) {
        return StrictMath.pow(2, turn % 2 == 0 ? turn / 2 : -(turn + 1) / 2);
    }

    private double[] minimum(double within) {
        double[] low = Vectors.minus(bounds.lows(), centre());
        double[] high = Vectors.minus(bounds.highs(), centre());
        return TrustStep.minimise(model, within, low, high);
    }

    /** Of some steps as long as the radius the one of which the model knows least. */
    private double[] teaching(Generator random) {
        double length = Math.max(Math.min(radius, 0.5 * sites.reach()), resolution);
        List<double[]> known = sites.steps();
        pending.all().forEach(other -> known.add(Vectors.minus(other.at(), centre())));
        QuadraticKernel kernel = QuadraticKernel.of(known, length, 1e-6);
        double[] choice = bounded(direction(0, length, random));
        double most = -1;
        for (int k = 1; kernel != null && k < CANDIDATES; k++) {
            double[] step = bounded(direction(k, length, random));
            double variance = kernel.variance(step);
            if (variance > most) {
                most = variance;
                choice = step;
            }
        }
        double[] opposite = bounded(Vectors.plus(new double[dimension], choice, -1));
        return model.at(opposite) < model.at(choice) ? opposite : choice;
    }

    private double[] direction(int kind, double length, Generator random) {
        if (kind % 2 == 1) {
            double[] along = new double[dimension];
            along[random.below(dimension)] = length;
            return along;
        }
        double[] normal = random.gaussians(dimension);
        return Vectors.plus(new double[dimension], normal, length / Vectors.norm(normal));
    }

    private double[] bounded(double[] step) {
        double[] bounded = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            bounded[i] = bounds.clamped(i, centre()[i] + step[i]) - centre()[i];
        }
        return bounded;
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
                && predicted > 0.5 * -model.at(minimum(Math.min(radius, Vectors.norm(step))));
        pending.add(
                number,
                new Pending(at, predicted, Vectors.norm(step), sites.centre().loss(), trial));
        if (design.open()) {
            design.asked(centre(), at);
        }
    }

    @Override
    public void update(Told told) {
        Pending asked = pending.remove(told.number());
        if (told.failed()) {
            radius = Math.max(radius / 2, LEAST_RADIUS);
            resolution = Math.min(resolution, radius);
            return;
        }
        learn(new Site(latent.encode(told.point()), told.loss()));
        if (asked != null && asked.trial() && !design.open()) {
            judge(asked, told.loss());
        } else if (asked != null) {
            improving = false;
        }
        if (!design.open()) {
            settle();
        }
    }

    private void learn(Site site) {
        best = site.loss() < best.loss() ? site : best;
        double[] before = sites.centre().at();
        sites.add(site, radius);
        model = model.centredAt(Vectors.minus(sites.centre().at(), before));
        if (!design.open() && sites.centre().loss() < Double.POSITIVE_INFINITY) {
            model = sites.fitted(model, Math.max(radius, LEAST_RADIUS));
        }
    }

    private void judge(Pending asked, double loss) {
        double ratio = (asked.loss() - loss) / asked.predicted();
        trusted = ratio > 0.5 && ratio < 2;
        if (ratio >= 0.7) {
            radius = Math.max(radius, 2 * asked.length());
        } else if (ratio >= 0.1) {
            radius = Math.max(radius / 2, Math.min(radius, asked.length()));
        } else {
            radius = Math.min(radius, asked.length()) / 2;
        }
        radius = Math.min(Math.max(radius, resolution), GREATEST_RADIUS);
        boolean stale = sites.reach() > 2 * radius;
        improving = ratio < 0.1 && stale;
        if (ratio < 0.1 && !stale && radius <= resolution) {
            refine();
        }
    }

    /** As long as the model's minimum is nearer than what is resolved, either the model improves or the resolution. */
    private void settle() {
        for (int k = 0; k < 20 && !design.open() && Vectors.norm(minimum(radius)) < 0.5 * resolution; k++) {
            if (!trusted && sites.reach() > 2 * Math.max(radius, resolution) && !improving) {
                improving = true;
                return;
            }
            improving = false;
            refine();
        }
    }

    private void refine() {
        resolution /= 5;
        radius = Math.max(radius / 2, resolution);
        if (resolution < LEAST_RADIUS) {
            restart();
        }
    }

    private void restart() {
        resolution = 1;
        radius = 1;
        improving = false;
        trusted = true;
        model = QuadraticModel.flat(dimension);
        Generator random = plan.ownGenerator(starts++);
        double[] at = Vectors.plus(starts % 2 == 0 ? best.at() : new double[dimension], random.gaussians(dimension), 1);
        sites = sitesAround(at);
        design.restart();
    }
}
