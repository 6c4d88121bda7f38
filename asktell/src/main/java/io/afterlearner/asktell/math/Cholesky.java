package io.afterlearner.asktell.math;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cholesky factor L of a symmetric positive definite matrix A = L·Lᵀ; bit-identical on every machine. */
public final class Cholesky {

    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /**
     * Factors A + diag(shift); reads the lower triangle of A.
     *
     * @return null if the sum is not safely positive definite
     */
    public static @Nullable Cholesky of(double[][] matrix, double[] shift) {
        int size = matrix.length;
        double[][] lower = new double[size][];
        for (int i = 0; i < size; i++) {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j] - dot(lower[i], lower[j], j);
                if (i == j) {
                    double pivot = rest + shift[i];
                    if (!(pivot > 1e-14 * Math.abs(matrix[i][i]))) {
                        return null;
                    }
                    lower[i][i] = Math.sqrt(pivot);
                } else {
                    lower[i][j] = rest / lower[j][j];
                }
            }
        }
        return new Cholesky(lower);
    }

    /**
     * Returns the factor of A with one more row and column; does not change this one.
     *
     * @param row the entries of the new row in the old columns
     * @return null if the larger matrix is not safely positive definite
     */
    public @Nullable Cholesky extended(double[] row, double diagonal) {
        double[] last = Arrays.copyOf(forward(row), row.length + 1);
        double pivot = diagonal - dot(last, last, row.length);
        if (!(pivot > 1e-14 * Math.abs(diagonal))) {
            return null;
        }
        last[row.length] = Math.sqrt(pivot);
        double[][] rows = Arrays.copyOf(lower, lower.length + 1);
        rows[lower.length] = last;
        return new Cholesky(rows);
    }

    private static double dot(double[] one, double[] other, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += one[k] * other[k];
        }
        return sum;
    }

    /** L⁻¹·b. */
    public double[] forward(double[] right) {
        double[] solution = new double[right.length];
        for (int i = 0; i < right.length; i++) {
            solution[i] = (right[i] - dot(lower[i], solution, i)) / lower[i][i];
        }
        return solution;
    }

    /** A⁻¹·b. */
    public double[] solve(double[] right) {
        double[] solution = forward(right);
        for (int i = right.length - 1; i >= 0; i--) {
            solution[i] /= lower[i][i];
            for (int j = 0; j < i; j++) {
                solution[j] -= lower[i][j] * solution[i];
            }
        }
        return solution;
    }

    /** ln det A. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += 2 * StrictMath.log(lower[i][i]);
        }
        return sum;
    }
}
