package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.math.Vectors;

/** The terms of a quadratic function of a step: 1, each coordinate, the mean square, each square, each product. */
final class QuadraticFeatures {

    /** Up to this dimension products of two coordinates are fitted too; above it, only squares. */
    private static final int MAX_MIXED_DIMENSIONS = 12;

    private static final double CONSTANT_VARIANCE = 100;
    private static final double LINEAR_VARIANCE = 1;
    private static final double MEAN_SQUARE_VARIANCE = 1;
    private static final double SQUARE_VARIANCE = 0.05;
    private static final double PRODUCT_VARIANCE = 0.02;

    private final int dimension;
    private final boolean mixed;

    QuadraticFeatures(int dimension) {
        this.dimension = dimension;
        mixed = dimension <= MAX_MIXED_DIMENSIONS;
    }

    int size() {
        return 2 + 2 * dimension + (mixed ? dimension * (dimension - 1) / 2 : 0);
    }

    double[] of(double[] step) {
        double[] features = new double[size()];
        features[0] = 1;
        features[1 + dimension] = Vectors.dot(step, step) / dimension;
        int next = 2 + 2 * dimension;
        for (int i = 0; i < dimension; i++) {
            features[1 + i] = step[i];
            features[2 + dimension + i] = step[i] * step[i];
            for (int j = 0; mixed && j < i; j++) {
                features[next++] = step[i] * step[j];
            }
        }
        return features;
    }

    /** Prior variance of a feature's coefficient, in units of the variance of the losses. */
    double priorVariance(int feature) {
        if (feature == 0) {
            return CONSTANT_VARIANCE;
        }
        if (feature <= dimension) {
            return LINEAR_VARIANCE;
        }
        if (feature == dimension + 1) {
            return MEAN_SQUARE_VARIANCE;
        }
        return feature < 2 + 2 * dimension ? SQUARE_VARIANCE : PRODUCT_VARIANCE;
    }

    /** The quadratic function with these coefficients, without its constant. */
    QuadraticModel model(double[] coefficients) {
        QuadraticModel model = QuadraticModel.flat(dimension);
        int next = 2 + 2 * dimension;
        for (int i = 0; i < dimension; i++) {
            model.gradient()[i] = coefficients[1 + i];
            model.hessian()[i][i] = 2 * (coefficients[1 + dimension] / dimension + coefficients[2 + dimension + i]);
            for (int j = 0; mixed && j < i; j++) {
                model.hessian()[i][j] = coefficients[next];
                model.hessian()[j][i] = coefficients[next++];
            }
        }
        return model;
    }
}
