package io.afterlearner.asktell.mutation;

import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a child is made from its parent. */
public interface Variation {
    double[] child(double[] parent, double step, Generator random);

    /** The weighted mean of points; null if these points have no mean. */
    default double @Nullable [] mean(List<double[]> points, double[] weights) {
        return null;
    }

    /** Mutates some parameters; ignores the step size. */
    static Variation discrete(Space space) {
        Mutation mutation = new Mutation(space);
        double rate = 1.0 / Math.max(1, mutation.movable());
        return (parent, step, random) -> mutation.child(parent, rate, random);
    }

    /** Adds Gaussian noise to every parameter. */
    static Variation gaussian(Space space) {
        return new Gaussian(new Latent(space));
    }

    /** Adds Gaussian noise to every parameter. */
    record Gaussian(Latent latent) implements Variation {

        @Override
        public double[] child(double[] parent, double step, Generator random) {
            double[] noise = random.gaussians(latent.dimension());
            Vectors.moveFrom(latent.encode(parent), step, noise);
            return latent.decodeShaken(noise, random);
        }

        @Override
        public double[] mean(List<double[]> points, double[] weights) {
            double[] mean = new double[latent.dimension()];
            double sum = Arrays.stream(weights).sum();
            for (int k = 0; k < weights.length; k++) {
                double[] coordinates = latent.encode(points.get(k));
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += weights[k] / sum * coordinates[i];
                }
            }
            return latent.decode(mean);
        }
    }
}
