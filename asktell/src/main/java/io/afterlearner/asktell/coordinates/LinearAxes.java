package io.afterlearner.asktell.coordinates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Axis axes} of a space that has nothing but real parameters on a linear scale, side by side in arrays: the same
 * values to the last bit, without a call for each.
 *
 * @param lows of the values, finite; as highs
 * @param leasts of the coordinates, infinite where unbounded; as mosts
 */
record LinearAxes(double[] initials, double[] steps, double[] lows, double[] highs, double[] leasts, double[] mosts) {

    /** Null where one of the axes is of another kind. */
    static @Nullable LinearAxes of(List<Axis> axes) {
        int count = axes.size();
        LinearAxes all = new LinearAxes(
                new double[count],
                new double[count],
                new double[count],
                new double[count],
                new double[count],
                new double[count]);
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

    /** Right wherever nothing is to be reflected. */
    void decode(double[] coordinates, double[] point) {
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.min(Math.max(initials[i] + coordinates[i] * steps[i], lows[i]), highs[i]);
        }
    }

    /** Whether this coordinate is to be reflected. */
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
