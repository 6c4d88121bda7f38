package io.afterlearner.asktell.coordinates;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import java.util.List;

/**
 * The distribution of points before anything is known: each bounded parameter is uniform over its range (log range, options),
 * every other one is Gaussian around ℵ₀ with its step.
 */
public final class Quantiles {

    private final List<Parameter> parameters;
    private final Latent latent;

    public Quantiles(Space space) {
        parameters = space.parameters();
        latent = new Latent(space);
    }

    /** The quantile {@code share} of a parameter; {@code share} lies strictly between 0 and 1. */
    public double value(int parameter, double share) {
        Parameter declared = parameters.get(parameter);
        return isBounded(declared)
                ? uniform(declared, share)
                : latent.moved(parameter, declared.initial(), normal(share));
    }

    public static boolean isBounded(Parameter parameter) {
        return !Double.isInfinite(parameter.low()) && !Double.isInfinite(parameter.high());
    }

    /** The quantile of a bounded parameter. */
    public static double uniform(Parameter parameter, double share) {
        if (parameter instanceof Parameter.Choice choice) {
            return (int) (share * choice.options());
        }
        if (parameter instanceof Parameter.Real real) {
            return within(real.low(), real.high(), real.log(), share);
        }
        Parameter.Int whole = (Parameter.Int) parameter;
        double value = within(whole.low() - 0.5, whole.high() + 0.5, whole.log(), share);
        return Math.min(Math.max(Math.rint(value), whole.low()), whole.high());
    }

    private static double within(double low, double high, boolean log, double share) {
        double value =
                log ? StrictMath.exp(blend(StrictMath.log(low), StrictMath.log(high), share)) : blend(low, high, share);
        return Math.min(Math.max(value, low), high);
    }

    /** Does not overflow, even where high - low would. */
    private static double blend(double low, double high, double share) {
        return low * (1 - share) + high * share;
    }

    /**
     * The quantile of the standard normal distribution, within 4.5e-4 (equation 26.2.23 of Abramowitz, Stegun: Handbook of
     * Mathematical Functions, 1964).
     */
    static double normal(double share) {
        double t = Math.sqrt(-2 * StrictMath.log(Math.min(share, 1 - share)));
        double above = 2.515517 + t * (0.802853 + t * 0.010328);
        double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
        double size = t - above / below;
        return share < 0.5 ? -size : size;
    }
}
