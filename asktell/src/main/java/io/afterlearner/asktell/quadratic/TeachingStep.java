package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * A step to where a quadratic model is least certain.
 *
 * @param centre in latent coordinates
 * @param length of the step before it is clamped to the bounds
 */
record TeachingStep(double[] centre, Latent.Bounds bounds, double length) {

    private static final int CANDIDATES = 24;

    /**
     * Draws some steps and returns the one with the most uncertain value, given the losses of points at the known steps, or its
     * opposite if the model is lower there.
     */
    double[] choose(List<double[]> known, QuadraticModel model, Generator random) {
        QuadraticKernel kernel = QuadraticKernel.of(known, length, 1e-6);
        double[] choice = bounded(direction(0, random));
        double most = -1;
        for (int k = 1; kernel != null && k < CANDIDATES; k++) {
            double[] step = bounded(direction(k, random));
            double variance = kernel.variance(step);
            if (variance > most) {
                most = variance;
                choice = step;
            }
        }
        double[] opposite = bounded(Vectors.plus(new double[centre.length], choice, -1));
        return model.at(opposite) < model.at(choice) ? opposite : choice;
    }

    private double[] direction(int kind, Generator random) {
        if (kind % 2 == 1) {
            double[] along = new double[centre.length];
            along[random.below(centre.length)] = length;
            return along;
        }
        double[] normal = random.gaussians(centre.length);
        return Vectors.plus(new double[centre.length], normal, length / Vectors.norm(normal));
    }

    private double[] bounded(double[] step) {
        double[] bounded = new double[step.length];
        Arrays.setAll(bounded, i -> bounds.clamped(i, centre[i] + step[i]) - centre[i]);
        return bounded;
    }
}
