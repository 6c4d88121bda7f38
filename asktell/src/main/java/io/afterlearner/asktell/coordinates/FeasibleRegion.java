package io.afterlearner.asktell.coordinates;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The feasible points of a space, and the repair of infeasible samples. */
public final class FeasibleRegion {

    /** Resampling is better than repair, but a thin region may yield no feasible sample. */
    private static final int MAX_SAMPLES = 32;

    /** Halvings of a segment; after these, its ends differ only in their last bits. */
    private static final int MAX_HALVINGS = 50;

    private final Space space;
    private final Ranges ranges;
    private final Latent latent;
    private final Predicate<double[]> feasible;
    private final boolean everywhere;

    /** @throws IllegalArgumentException if ℵ₀ is not in the region */
    public FeasibleRegion(Problem problem) {
        space = problem.space();
        ranges = new Ranges(space);
        latent = new Latent(space);
        feasible = problem.feasible();
        everywhere = problem.feasibleAnywhere();
        if (!holds(space.initial())) {
            throw new IllegalArgumentException("the initial point is not feasible; start from one that is");
        }
    }

    public boolean everywhere() {
        return everywhere;
    }

    /** Whether a point of the space may be asked. */
    public boolean holds(double[] point) {
        return everywhere || feasible.test(point.clone());
    }

    /** @throws IllegalArgumentException if the point is not in the space, or not feasible; one line */
    public void check(double[] point) {
        if (!ranges.hold(point)) {
            space.check(point);
        }
        if (!holds(point)) {
            throw new IllegalArgumentException(
                    "point " + Arrays.toString(point) + ": not feasible; give one that passes the predicate");
        }
    }

    /**
     * Returns the sampler's first feasible sample. If there is none, or the sampler always returns the same point, tries points
     * about as far from the feasible point {@code inside} as the first sample, but in random directions: the same direction would lead a model to
     * the same boundary point again. If that fails, returns the point where the segment to the first sample leaves the region.
     */
    public double[] sample(Supplier<double[]> sampler, Generator random, double[] inside) {
        double[] first = sampler.get();
        double[] next = first;
        for (int k = 1; !holds(next); k++) {
            next = sampler.get();
            if (k == MAX_SAMPLES || Arrays.equals(next, first)) {
                return turned(latent.encode(inside), latent.encode(first), random, inside);
            }
        }
        return next;
    }

    private double[] turned(double[] from, double[] to, Generator random, double[] inside) {
        double spread = Vectors.distance(from, to) / Math.sqrt(from.length);
        for (int k = 0; k < MAX_SAMPLES; k++) {
            double[] point = latent.decode(Vectors.plus(to, random.gaussians(to.length), spread));
            if (ranges.hold(point) && holds(point)) {
                return point;
            }
        }
        return repaired(from, to, inside);
    }

    private double[] repaired(double[] from, double[] to, double[] inside) {
        double[] repaired = inside.clone();
        double near = 0;
        double far = 1;
        for (int k = 0; k < MAX_HALVINGS; k++) {
            double share = (near + far) / 2;
            double[] between = from.clone();
            Vectors.blend(1 - share, between, share, to);
            double[] point = latent.decode(between);
            // A diverged unbounded search may leave no coordinates in between.
            if (ranges.hold(point) && holds(point)) {
                near = share;
                repaired = point;
            } else {
                far = share;
            }
        }
        return repaired;
    }
}
