package io.afterlearner.asktell;

import java.util.List;

/**
 * A full matrix, kept as its Cholesky factor A (lower triangle) and changed by rank-one updates of A, each quadratic in
 * the dimension (Krause, Arbonès, Igel: CMA-ES with optimal covariance update and storage complexity, NIPS 2016;
 * algorithm 3.1 of Krause, Igel: A more efficient rank-one covariance matrix update for evolution strategies, FOGA
 * 2015). No decomposition is ever computed, so no tell costs more than another, and only additions, multiplications,
 * divisions and square roots are used: the same bits on every machine.
 */
final class FullCovariance implements Covariance {

    /** A negative term takes at most this share of the variance along its step away. */
    private static final double MOST_CUT = 0.5;

    private final int dimension;
    /** columns[j][i - j] is row i of column j of A. */
    private final double[][] columns;

    FullCovariance(int dimension) {
        this.dimension = dimension;
        columns = new double[dimension][];
        for (int j = 0; j < dimension; j++) {
            columns[j] = new double[dimension - j];
            columns[j][0] = 1;
        }
    }

    @Override
    public double[] color(double[] noise) {
        double[] step = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            addMultiple(noise[j], columns[j], step, j, 0);
        }
        return step;
    }

    @Override
    public double[] whiten(double[] step) {
        double[] noise = step.clone();
        for (int j = 0; j < dimension; j++) {
            noise[j] /= columns[j][0];
            addMultiple(-noise[j], columns[j], noise, j, 1);
        }
        return noise;
    }

    /** Adds a multiple of a column to the rows of a vector, from the column's given entry on. */
    private static void addMultiple(double factor, double[] column, double[] vector, int firstRow, int from) {
        for (int k = from; k < column.length; k++) {
            vector[firstRow + k] += factor * column[k];
        }
    }

    @Override
    public double deviation(int coordinate) {
        double variance = 0;
        for (int j = 0; j <= coordinate; j++) {
            double entry = columns[j][coordinate - j];
            variance += entry * entry;
        }
        return Math.sqrt(variance);
    }

    /** Positive terms first: they leave the most room for the negative ones. */
    @Override
    public void update(double keep, List<Weighted> terms) {
        double root = Math.sqrt(keep);
        for (double[] column : columns) {
            for (int k = 0; k < column.length; k++) {
                column[k] *= root;
            }
        }
        for (Weighted term : terms) {
            if (term.weight() > 0) {
                add(term.weight(), term.step());
            }
        }
        for (Weighted term : terms) {
            if (term.weight() < 0) {
                add(-Math.min(-term.weight(), MOST_CUT / squaredLength(whiten(term.step()))), term.step());
            }
        }
    }

    private static double squaredLength(double[] vector) {
        double sum = 0;
        for (double entry : vector) {
            sum += entry * entry;
        }
        return sum;
    }

    /** A·Aᵀ += weight·step·stepᵀ. */
    private void add(double weight, double[] step) {
        double[] rest = step.clone();
        double b = 1;
        for (int j = 0; j < dimension; j++) {
            double[] column = columns[j];
            double diagonal = column[0];
            double pivot = rest[j];
            double square = diagonal * diagonal;
            double gamma = square * b + weight * pivot * pivot;
            double next = Math.sqrt(square + weight / b * pivot * pivot);
            double shrink = pivot / diagonal;
            double stretch = next / diagonal;
            double share = next * weight * pivot / gamma;
            column[0] = next;
            for (int k = 1; k < column.length; k++) {
                rest[j + k] -= shrink * column[k];
                column[k] = stretch * column[k] + share * rest[j + k];
            }
            b += weight * pivot * pivot / square;
        }
    }

    @Override
    public double learningSpeed() {
        return 1;
    }
}
