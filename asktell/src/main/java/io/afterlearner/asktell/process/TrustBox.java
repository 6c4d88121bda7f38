package io.afterlearner.asktell.process;

/**
 * The box around the best point in which a model of many dimensions is trusted. It doubles after several asks in a row that
 * improved on the best, halves after several that did not, and restarts at its first length when it becomes too small (TuRBO;
 * Eriksson, Pearce, Gardner, Turner, Poloczek: Scalable global optimization via local Bayesian optimization, NeurIPS 2019).
 *
 * @param length half a side, for a coordinate with the mean length scale
 */
record TrustBox(double length, int successes, int failures) {

    private static final double FIRST = 2.4;
    private static final double MAX_LENGTH = 4.8;
    private static final double MIN_LENGTH = 0.02;
    private static final int SUCCESSES = 3;

    static TrustBox first() {
        return new TrustBox(FIRST, 0, 0);
    }

    /** @param patience how many asks in a row may fail before it shrinks */
    TrustBox after(boolean success, int patience) {
        int inARow = success ? successes + 1 : 0;
        int failed = success ? 0 : failures + 1;
        if (inARow >= SUCCESSES) {
            return new TrustBox(Math.min(2 * length, MAX_LENGTH), 0, 0);
        }
        if (failed < patience) {
            return new TrustBox(length, inARow, failed);
        }
        return length / 2 < MIN_LENGTH ? first() : new TrustBox(length / 2, 0, 0);
    }

    /** Half a side along each coordinate: longer where the loss changes more slowly, at the same volume. */
    double[] sides(Matern kernel, int dimension) {
        double[] sides = new double[dimension];
        double logs = 0;
        for (int i = 0; i < dimension; i++) {
            logs += StrictMath.log(kernel.lengthScale(i)) / dimension;
        }
        for (int i = 0; i < dimension; i++) {
            sides[i] = length * kernel.lengthScale(i) / StrictMath.exp(logs);
        }
        return sides;
    }
}
