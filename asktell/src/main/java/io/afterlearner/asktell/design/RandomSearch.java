package io.afterlearner.asktell.design;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.coordinates.Quantiles;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import java.util.List;

/**
 * Independent samples: uniform over the range (log range, options) if bounded, else Gaussian around ℵ₀ with the parameter's
 * step. The baseline for all other algorithms.
 */
public final class RandomSearch implements Algorithm {

    private final List<Parameter> parameters;
    private final Latent latent;

    public RandomSearch(Space space) {
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
        // Samples do not depend on told losses.
    }

    @Override
    public double learnedNats(long number) {
        return 0;
    }
}
