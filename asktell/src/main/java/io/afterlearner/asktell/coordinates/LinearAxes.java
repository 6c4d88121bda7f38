package io.afterlearner.asktell.coordinates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Axis axes} of a space with only real parameters on a linear scale, stored in arrays: bit-identical results without
 * a call per axis.
 *
 * @param lows lower bounds of the values, finite; {@code highs} likewise
 * @param leasts lower bounds of the coordinates, infinite where unbounded; {@code mosts} likewise
 */
record LinearAxes(double[] initials, double[] steps, double[] lows, double[] highs, double[] leasts, double[] mosts) {

    /** Returns null if one of the axes is of another kind. */
    static @Nullable LinearAxes of(List<Axis> axes) {
        int count = axes.size();
        double[][] columns = new double[6][count];
        LinearAxes all = new LinearAxes(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]);
        for (int i = 0; i < count; i++) {
            if (!(axes.get(i) instanceof ScaledAxis scaled) || !scaled.isLinear()) {
                return null;
            }
            scaled.copyTo(all, i);
        }
        return all;
    }

    void encode(double[] point, double[] coordinates) {
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = (point[i] - initials[i]) / steps[i];
        }
    }

    /** Correct only if no coordinate {@link #isOutside}. */
    void decode(double[] coordinates, double[] point) {
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.min(Math.max(initials[i] + coordinates[i] * steps[i], lows[i]), highs[i]);
        }
    }

    /** Whether the coordinate is out of bounds and must be reflected. */
    boolean isOutside(double coordinate, int i) {
        return coordinate < leasts[i] || coordinate > mosts[i];
    }

    boolean anyBounded() {
        for (int i = 0; i < leasts.length; i++) {
            if (leasts[i] != Double.NEGATIVE_INFINITY || mosts[i] != Double.POSITIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }
}
