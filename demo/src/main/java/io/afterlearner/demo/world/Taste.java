package io.afterlearner.demo.world;

import java.util.Arrays;
import java.util.Random;

/**
 * How much users like each feature of an item. Each user's taste varies around a weights one, which the model was not
 * trained for.
 *
 * @param weights by feature
 */
record Taste(double[] weights) {
    /** The taste of the users in the training data, as in make.py. */
    private static final double[] TRAINED = {0.9, 0.6, 0.3, -0.3, 0, 0.2};

    private static final double KEPT = 0.2;
    private static final double STRENGTH = 2;
    private static final double OWN = 0.3;
    private static final double PICKY = 1.9;
    private static final double[] ATTENTION = {1, 0.9, 0.8, 0.7, 0.6};

    /** The common taste, which differs for each seed and after the drift. */
    static Taste of(long seed, boolean drifted) {
        Random random = new Random(2 * seed + (drifted ? 1 : 0));
        double[] fresh = new double[TRAINED.length];
        Arrays.setAll(fresh, i -> random.nextGaussian());
        double shared = dot(fresh, TRAINED) / dot(TRAINED, TRAINED);
        Arrays.setAll(fresh, i -> fresh[i] - shared * TRAINED[i]);
        double[] mixed = new double[fresh.length];
        Arrays.setAll(mixed, i -> KEPT * TRAINED[i] / norm(TRAINED) + (1 - KEPT) * fresh[i] / norm(fresh));
        double scale = STRENGTH / norm(mixed);
        Arrays.setAll(mixed, i -> mixed[i] * scale);
        return new Taste(mixed);
    }

    private static double norm(double[] vector) {
        return StrictMath.sqrt(dot(vector, vector));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The taste of one user. */
    Taste of(long user) {
        Random random = new Random(user * 0x9E3779B97F4A7C15L);
        double[] own = new double[weights.length];
        Arrays.setAll(own, i -> weights[i] + OWN * random.nextGaussian());
        return new Taste(own);
    }

    /**
     * The probability that a user with this taste clicks an item.
     *
     * @param place on the page, from 0
     */
    double chance(float[] features, int place) {
        double liked = -PICKY;
        for (int i = 0; i < features.length; i++) {
            liked += weights[i] * features[i];
        }
        return ATTENTION[place] / (1 + StrictMath.exp(-liked));
    }
}
