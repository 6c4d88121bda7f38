package io.afterlearner.asktell.strategy;

/**
 * A running mean of a moving point that favours recent positions: noise averages out and the start is forgotten
 * (polynomial-decay averaging with η = 3; Shamir, Zhang: Stochastic gradient descent for non-smooth optimization, ICML 2013).
 */
final class Averaged {

    private static final double DECAY = 3;

    private final double[] average;
    private long count;

    Averaged(int dimension) {
        average = new double[dimension];
    }

    void add(double[] point) {
        count++;
        double share = (DECAY + 1) / (count + DECAY);
        for (int i = 0; i < average.length; i++) {
            average[i] += share * (point[i] - average[i]);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Restarts the average. */
    void clear() {
        count = 0;
    }

    /** Must not be modified. */
    double[] point() {
        return average;
    }
}
