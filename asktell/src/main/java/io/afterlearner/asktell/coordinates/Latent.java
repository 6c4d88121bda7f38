package io.afterlearner.asktell.coordinates;

import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.math.Generator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps a space to coordinates to which algorithms may add Gaussian noise: ℵ₀ is the origin, and a first move has standard
 * deviation 1 everywhere. An unordered choice has one coordinate per option, and the greatest wins; other parameters have one.
 */
public final class Latent {

    private final List<Axis> axes;
    private final @Nullable LinearAxes linear;
    private final boolean reflects;
    private final int[] offsets;
    private final int dimension;
    private final int jumps;
    private final double quantile;
    /** Never modified. */
    private final double[] zeros;

    public Latent(Space space) {
        axes = space.parameters().stream().map(Axis::of).toList();
        linear = LinearAxes.of(axes);
        reflects = linear == null || linear.anyBounded();
        offsets = new int[axes.size()];
        int next = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = next;
            next += axes.get(i).width();
        }
        dimension = next;
        jumps = (int) axes.stream().filter(Axis::jumps).count();
        quantile = exceededOnceIn(Math.max(1, jumps));
        zeros = new double[dimension];
    }

    /** The number of coordinates; at least the dimension of the space. */
    public int dimension() {
        return dimension;
    }

    /** The coordinates of a point of the space. */
    public double[] encode(double[] point) {
        double[] coordinates = new double[dimension];
        if (linear != null) {
            linear.encode(point, coordinates);
            return coordinates;
        }
        for (int i = 0; i < offsets.length; i++) {
            axes.get(i).encode(point[i], coordinates, offsets[i]);
        }
        return coordinates;
    }

    /** The point at any coordinates: coordinates out of bounds are reflected at the bound, whole numbers are rounded. */
    public double[] decode(double[] coordinates) {
        double[] point = new double[offsets.length];
        if (linear != null) {
            linear.decode(coordinates, point);
        }
        for (int i = 0; reflects && i < offsets.length; i++) {
            if (linear == null || linear.isOutside(coordinates[i], i)) {
                point[i] = axes.get(i).decode(coordinates, offsets[i]);
            }
        }
        return point;
    }

    /** Like {@link #decode}, but may overwrite the coordinates with the point. */
    public double[] decodeOver(double[] coordinates) {
        if (linear == null || reflects) {
            return decode(coordinates);
        }
        linear.decode(coordinates, coordinates);
        return coordinates;
    }

    /** The range of coordinates that decode without reflection; infinite where nothing is ever reflected. */
    public Bounds bounds() {
        Bounds bounds = new Bounds(new double[dimension], new double[dimension]);
        for (int i = 0; i < offsets.length; i++) {
            axes.get(i).bounds(bounds.lows(), bounds.highs(), offsets[i]);
        }
        return bounds;
    }

    public record Bounds(double[] lows, double[] highs) {

        public double clamped(int coordinate, double value) {
            return Math.min(Math.max(value, lows[coordinate]), highs[coordinate]);
        }
    }

    /** The value of a parameter with one coordinate after a move by so many steps. */
    public double moved(int parameter, double value, double steps) {
        double[] coordinate = new double[1];
        axes.get(parameter).encode(value, coordinate, 0);
        coordinate[0] += steps;
        return axes.get(parameter).decode(coordinate, 0);
    }

    /** Whether some values jump, so that {@link #leastDeviation} is not all 0. */
    public boolean jumps() {
        return jumps > 0;
    }

    /**
     * For each coordinate, the least standard deviation to sample with: 0 for a real parameter. For whole numbers and options a
     * smaller deviation would never leave the current value; with this one, about one of them changes per ask. Do not modify
     * the returned array.
     */
    public double[] leastDeviation(double[] coordinates) {
        if (jumps == 0) {
            return zeros;
        }
        double[] least = new double[dimension];
        for (int i = 0; i < offsets.length; i++) {
            axes.get(i).granularity(coordinates, least, offsets[i]);
        }
        for (int i = 0; i < dimension; i++) {
            least[i] /= quantile;
        }
        return least;
    }

    /** Coordinates with Gaussian noise of a deviation, or {@link #leastDeviation} where that is more, around a centre. */
    public double[] around(double[] centre, double deviation, Generator random) {
        double[] least = leastDeviation(centre);
        double[] at = centre.clone();
        for (int i = 0; i < dimension; i++) {
            at[i] += Math.max(deviation, least[i]) * random.gaussian();
        }
        return at;
    }

    /**
     * The point at these coordinates, plus {@link #leastDeviation} noise that lets whole numbers and options change. Overwrites
     * the coordinates.
     */
    public double[] decodeShaken(double[] coordinates, Generator random) {
        if (jumps == 0) {
            return decodeOver(coordinates);
        }
        double[] least = leastDeviation(coordinates);
        for (int i = 0; i < dimension; i++) {
            coordinates[i] += least[i] == 0 ? 0 : least[i] * random.gaussian();
        }
        return decode(coordinates);
    }

    /** The number of standard deviations that a standard normal exceeds about once in {@code count} draws. */
    private static double exceededOnceIn(int count) {
        return Math.max(0.67, Math.sqrt(2 * StrictMath.log(count)) - 0.45);
    }
}
