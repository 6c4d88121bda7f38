package io.afterlearner.asktell.process;

import java.util.Arrays;

/**
 * Correlation of the losses at two points: the Matérn kernel of order 5/2 with one length scale per coordinate (Rasmussen,
 * Williams: Gaussian Processes for Machine Learning, 2006, equation 4.17). Two different options of a choice are at distance
 * {@link #APART}.
 */
final class Matern {

    /** A third of the range of a bounded number. */
    private static final double APART = 2;

    private static final double ROOT = Math.sqrt(5);
    /** Above this distance the correlation is below 1e-90. */
    private static final double FARTHEST_SQUARE = 1e4;

    private final boolean[] option;
    private final double[] inverseSquares;

    /**
     * @param option whether a coordinate is an option of an unordered choice
     * @param logScales natural logarithms of the length scales; further elements are ignored
     */
    Matern(boolean[] option, double[] logScales) {
        this.option = option;
        inverseSquares = new double[option.length];
        Arrays.setAll(inverseSquares, i -> StrictMath.exp(-2 * logScales[i]));
    }

    double lengthScale(int coordinate) {
        return 1 / Math.sqrt(inverseSquares[coordinate]);
    }

    double at(double[] one, double[] other) {
        double square = square(one, other);
        double r = ROOT * Math.sqrt(square);
        return square < FARTHEST_SQUARE ? (1 + r + r * r / 3) * StrictMath.exp(-r) : 0;
    }

    /** Squared distance in length scales. */
    private double square(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < inverseSquares.length; i++) {
            double difference = difference(i, one, other);
            sum += difference * difference * inverseSquares[i];
        }
        return sum;
    }

    private double difference(int i, double[] one, double[] other) {
        double difference = one[i] - other[i];
        return option[i] && difference != 0 ? APART : difference;
    }

    /** The negative derivative of {@link #at} with respect to the squared distance in length scales. */
    private double decay(double[] one, double[] other) {
        double square = square(one, other);
        double r = ROOT * Math.sqrt(square);
        return square < FARTHEST_SQUARE ? 5.0 / 6 * (1 + r) * StrictMath.exp(-r) : 0;
    }

    /** Adds {@code factor} times the derivatives of {@link #at} with respect to the first point; skips options. */
    void addSlope(double[] one, double[] other, double factor, double[] gradient) {
        double decay = -2 * factor * decay(one, other);
        for (int i = 0; decay != 0 && i < inverseSquares.length; i++) {
            gradient[i] += option[i] ? 0 : decay * (one[i] - other[i]) * inverseSquares[i];
        }
    }

    /** Adds {@code factor} times the derivatives of {@link #at} with respect to the logarithms of the length scales. */
    void addScaleSlope(double[] one, double[] other, double factor, double[] gradient) {
        double decay = 2 * factor * decay(one, other);
        for (int i = 0; decay != 0 && i < inverseSquares.length; i++) {
            double difference = difference(i, one, other);
            gradient[i] += decay * difference * difference * inverseSquares[i];
        }
    }
}
