package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.math.Vectors;

/**
 * A linear map of standard normal noise that needs only a few vectors: the product of P = (1 - a)·I + a·v·vᵀ over directions v.
 * Each direction is an exponentially fading path of successful moves, from the last few to the last many (Loshchilov,
 * Glasmachers, Beyer: Large scale black-box optimization by limited-memory matrix adaptation, IEEE Trans. Evolutionary
 * Computation 23, 2019). Every call costs directions × dimension.
 */
final class LimitedMemory {

    private static final double MAX_RATE = 0.5;

    private final double[][] directions;
    private final double[] squaredLengths;
    /** How far each direction reshapes the noise, c_d of the paper. */
    private final double[] shares;
    /** How fast each direction follows the moves, c_c of the paper. */
    private final double[] rates;
    /** Each batch activates one more direction, as in the paper: empty ones would only shrink the noise. */
    private int taught;

    LimitedMemory(int dimension, int count, int batchSize) {
        directions = new double[count][dimension];
        squaredLengths = new double[count];
        shares = new double[count];
        rates = new double[count];
        for (int j = 0; j < count; j++) {
            shares[j] = Math.min(MAX_RATE, 1 / (StrictMath.pow(1.5, j) * dimension));
            rates[j] = Math.min(MAX_RATE, batchSize / (StrictMath.pow(4, j) * dimension));
        }
    }

    /** Turns standard normal noise, in place, into a step. */
    void color(double[] noise) {
        for (int j = 0; j < taught; j++) {
            apply(j, 1 - shares[j], shares[j], noise);
        }
    }

    /** The inverse of {@link #color}, in place, factor by factor with the Sherman-Morrison formula. */
    void whiten(double[] step) {
        for (int j = taught - 1; j >= 0; j--) {
            double rest = 1 - shares[j];
            apply(j, 1 / rest, -shares[j] / (rest * (rest + shares[j] * squaredLengths[j])), step);
        }
    }

    private void apply(int j, double scale, double share, double[] vector) {
        Vectors.blend(scale, vector, share * Vectors.dot(directions[j], vector), directions[j]);
    }

    /**
     * @param move weighted mean of the noise of the selected points
     * @param mass effective number of selected points
     */
    void learn(double[] move, double mass) {
        taught = Math.min(taught + 1, directions.length);
        for (int j = 0; j < directions.length; j++) {
            double factor = Math.sqrt(mass * rates[j] * (2 - rates[j]));
            Vectors.blend(1 - rates[j], directions[j], factor, move);
            squaredLengths[j] = Vectors.dot(directions[j], directions[j]);
        }
    }
}
