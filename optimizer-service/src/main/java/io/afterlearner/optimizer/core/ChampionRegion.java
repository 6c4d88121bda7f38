package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;

/**
 * Limits how far a candidate may be from the champion. In each parameter it is a share of the range, on the parameter's
 * own scale; without a range, that many of its steps. Integers and ordered choices may always move by one. Unordered
 * choices are not limited, since none is nearer than another.
 *
 * @param share above 0
 */
record ChampionRegion(Space space, double share) {

    /** The nearest point within the region around a centre. */
    double[] clamped(double[] point, double[] centre) {
        double[] near = point.clone();
        for (int i = 0; i < near.length; i++) {
            near[i] = clamped(space.parameters().get(i), point[i], centre[i]);
        }
        return near;
    }

    private double clamped(Parameter parameter, double value, double centre) {
        if (parameter instanceof Parameter.Real real) {
            double reach = reach(real.low(), real.high(), real.log(), real.step());
            return within(value, moved(centre, -reach, real.log()), moved(centre, reach, real.log()));
        }
        if (parameter instanceof Parameter.Int whole) {
            double reach = reach(whole.low(), whole.high(), whole.log(), whole.step());
            double down = Math.ceil(moved(centre, -reach, whole.log()));
            double up = Math.floor(moved(centre, reach, whole.log()));
            return within(value, Math.min(centre - 1, down), Math.max(centre + 1, up));
        }
        Parameter.Choice choice = (Parameter.Choice) parameter;
        double reach = Math.max(1, Math.floor(share * (choice.options() - 1)));
        return choice.ordered() ? within(value, centre - reach, centre + reach) : value;
    }

    private double reach(double low, double high, boolean log, double step) {
        double range = log ? StrictMath.log(high) - StrictMath.log(low) : high - low;
        boolean ranged = Double.isFinite(range) && !(log && low == Double.MIN_NORMAL);
        return share * (ranged ? range : Double.isNaN(step) ? 1 : step);
    }

    private static double moved(double centre, double by, boolean log) {
        return log ? centre * StrictMath.exp(by) : centre + by;
    }

    private static double within(double value, double low, double high) {
        return Math.min(Math.max(value, low), high);
    }
}
