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
            if (Quantiles.isBounded(parameters.get(i))) {
                point[i] = Quantiles.uniform(parameters.get(i), random.uniform());
            }
        }
        return point;
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
