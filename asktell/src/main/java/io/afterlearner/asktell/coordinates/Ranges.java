package io.afterlearner.asktell.coordinates;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;

/** The allowed values of the parameters, stored in arrays: a faster check with the same result as {@link Space#check}. */
final class Ranges {

    private final double[] lows;
    private final double[] highs;
    private final boolean[] whole;
    private final boolean anyWhole;

    Ranges(Space space) {
        int dimension = space.dimension();
        lows = new double[dimension];
        highs = new double[dimension];
        whole = new boolean[dimension];
        boolean any = false;
        for (int i = 0; i < dimension; i++) {
            Parameter parameter = space.parameters().get(i);
            lows[i] = Math.max(parameter.low(), -Double.MAX_VALUE);
            highs[i] = Math.min(parameter.high(), Double.MAX_VALUE);
            whole[i] = !(parameter instanceof Parameter.Real);
            any |= whole[i];
        }
        anyWhole = any;
    }

    /** Whether each value is allowed for its parameter. */
    boolean hold(double[] point) {
        if (point.length != lows.length) {
            return false;
        }
        for (int i = 0; i < point.length; i++) {
            if (!(point[i] >= lows[i] && point[i] <= highs[i])) {
                return false;
            }
        }
        for (int i = 0; anyWhole && i < point.length; i++) {
            if (whole[i] && !Parameter.isWhole(point[i])) {
                return false;
            }
        }
        return true;
    }
}
