package io.afterlearner.demo.world;

import java.util.Random;

/**
 * What users click. Each likes some features of items more than others do, around what all have in common; and that is not
 * what the model was trained for.
 *
 * @param common weight of each feature
 */
record Taste(double[] common) {
    /** What the users of the training data liked, as in make.py. */
    private static final double[] EARLIER = {0.9, 0.6, 0.3, -0.3, 0, 0.2};

    private static final double KEPT = 0.2;
    private static final double STRENGTH = 2;
    private static final double OWN = 0.3;
    private static final double PICKY = 1.9;
    private static final double[] ATTENTION = {1, 0.9, 0.8, 0.7, 0.6};

    /** Another one for each seed; drifting makes yet another. */
    static Taste of(long seed, boolean drifted) {
        Random random = new Random(2 * seed + (drifted ? 1 : 0));
        double[] fresh = new double[EARLIER.length];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = random.nextGaussian();
        }
        double shared = dot(fresh, EARLIER) / dot(EARLIER, EARLIER);
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] -= shared * EARLIER[i];
        }
        double[] mixed = new double[fresh.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = KEPT * EARLIER[i] / norm(EARLIER) + (1 - KEPT) * fresh[i] / norm(fresh);
        }
        double norm = norm(mixed);
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] *= STRENGTH / norm;
        }
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

    /** One user's own taste. */
    Taste of(long user) {
        Random random = new Random(user * 0x9E3779B97F4A7C15L);
        double[] own = common.clone();
        for (int i = 0; i < own.length; i++) {
            own[i] += OWN * random.nextGaussian();
        }
        return new Taste(own);
    }

    /**
     * The chance that whose taste this is clicks an item.
     *
     * @param place on the page, from 0
     */
    double chance(float[] features, int place) {
        double liked = -PICKY;
        for (int i = 0; i < features.length; i++) {
            liked += common[i] * features[i];
        }
        return ATTENTION[place] / (1 + StrictMath.exp(-liked));
    }
}
