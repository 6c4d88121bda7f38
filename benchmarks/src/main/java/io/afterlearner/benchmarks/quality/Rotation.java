package io.afterlearner.benchmarks.quality;

import java.util.Arrays;

/** A random orthogonal matrix: Gram-Schmidt over rows of gaussians. */
final class Rotation {
    private final double[][] rows;

    /** Deterministic: the same state of {@code random}, from which it draws dimension² Gaussians, gives the same matrix. */
    Rotation(int dimension, RandomState random) {
        rows = new double[dimension][];
        Arrays.setAll(rows, i -> random.gaussians(dimension));
        for (int i = 0; i < dimension; i++) {
            // A second pass removes what rounding left of the other rows.
            removeThoseBefore(i);
            removeThoseBefore(i);
            double length = Math.sqrt(Products.dot(rows[i], rows[i]));
            for (int k = 0; k < dimension; k++) {
                rows[i][k] /= length;
            }
        }
    }

    private void removeThoseBefore(int i) {
        for (int j = 0; j < i; j++) {
            double along = Products.dot(rows[i], rows[j]);
            for (int k = 0; k < rows.length; k++) {
                rows[i][k] -= along * rows[j][k];
            }
        }
    }

    double[] of(double[] z) {
        return Arrays.stream(rows).mapToDouble(row -> Products.dot(row, z)).toArray();
    }
}
