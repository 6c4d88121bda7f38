package io.afterlearner.asktell;

import java.util.List;

/**
 * Independent samples: uniform over the range (log range, options) where it is bounded, else gaussian around ℵ₀ with
 * the parameter's step. The yardstick for everything else.
 */
final class RandomSearch implements Algorithm {

    private final List<Parameter> parameters;
    private final Latent latent;

    RandomSearch(Space space) {
        parameters = space.parameters();
        latent = new Latent(space);
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] point = latent.decode(random.gaussians(latent.dimension()));
        for (int i = 0; i < point.length; i++) {
            point[i] = uniform(parameters.get(i), point[i], random);
        }
        return point;
    }

    private static double uniform(Parameter parameter, double otherwise, Generator random) {
        if (parameter instanceof Parameter.Choice choice) {
            return random.below(choice.options());
        }
        if (parameter instanceof Parameter.Real real && bounded(real.low(), real.high())) {
            return within(real.low(), real.high(), real.log(), random.uniform());
        }
        if (parameter instanceof Parameter.Int whole && bounded(whole.low(), whole.high())) {
            double value = within(whole.low() - 0.5, whole.high() + 0.5, whole.log(), random.uniform());
            return Math.min(Math.max(Math.rint(value), whole.low()), whole.high());
        }
        return otherwise;
    }

    private static boolean bounded(double low, double high) {
        return !Double.isInfinite(low) && !Double.isInfinite(high);
    }

    private static double within(double low, double high, boolean log, double share) {
        double value =
                log ? StrictMath.exp(blend(StrictMath.log(low), StrictMath.log(high), share)) : blend(low, high, share);
        return Math.min(Math.max(value, low), high);
    }

    /** Never overflows, even where high - low would. */
    private static double blend(double low, double high, double share) {
        return low * (1 - share) + high * share;
    }

    @Override
    public void update(Told told) {
        // Every sample is independent of what was told.
    }

    @Override
    public double learnedNats(long number) {
        return 0;
    }
}
