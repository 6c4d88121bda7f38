package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.math.Cholesky;
import io.afterlearner.asktell.math.Vectors;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quadratic functions as a reproducing kernel space: one Cholesky factor, with a row per value rather than per coefficient,
 * gives the interpolating quadratic of least norm. The norm is that of the Hessian in Powell's least Frobenius norm updating
 * (The NEWUOA software for unconstrained optimization without derivatives, 2006), except that two shapes cost less: equal
 * curvature along all coordinates, and separate curvature along each. So n + 2 values determine a sphere, 2n + 1 a separable
 * quadratic, (n + 1)(n + 2) / 2 any quadratic.
 *
 * <p>The same kernel is the prior covariance of a Gaussian process (Rasmussen, Williams: Gaussian Processes for Machine
 * Learning, 2006, chapters 2 and 6): {@link #variance} says how informative a value at a point would be, whatever the value.
 */
final class QuadraticKernel {

    private static final double LINEAR = 10;
    private static final double ALIKE = 10;
    private static final double SEPARATE = 1;
    private static final double MIXED = 0.01;

    private final double scale;
    private final double[][] steps;
    private final double[] squares;
    private final Cholesky factor;

    private QuadraticKernel(double scale, double[][] steps, double[] squares, Cholesky factor) {
        this.scale = scale;
        this.steps = steps;
        this.squares = squares;
        this.factor = factor;
    }

    /**
     * @param steps from a centre with a known value
     * @param scale unit of the steps, in which their powers are compared
     * @param ridge above 0: the tolerated error of a value, as a share of its prior variance
     */
    static @Nullable QuadraticKernel of(List<double[]> steps, double scale, double ridge) {
        double[][] scaled = steps.stream()
                .map(step -> Arrays.stream(step).map(x -> x / scale).toArray())
                .toArray(double[][]::new);
        double[] squares =
                Arrays.stream(scaled).mapToDouble(y -> Vectors.dot(y, y)).toArray();
        double[][] gram = new double[scaled.length][];
        double[] slack = new double[scaled.length];
        for (int i = 0; i < gram.length; i++) {
            gram[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                gram[i][j] = kernel(scaled[i], squares[i], scaled[j], squares[j]);
            }
            slack[i] = ridge * gram[i][i];
        }
        Cholesky factor = Cholesky.of(gram, slack);
        return factor == null ? null : new QuadraticKernel(scale, scaled, squares, factor);
    }

    private static double kernel(double[] y, double ySquare, double[] z, double zSquare) {
        double inner = 0;
        double separate = 0;
        double innerOdd = 0;
        double separateOdd = 0;
        int i = 0;
        for (; i + 1 < y.length; i += 2) {
            double product = y[i] * z[i];
            double odd = y[i + 1] * z[i + 1];
            inner += product;
            innerOdd += odd;
            separate += product * product;
            separateOdd += odd * odd;
        }
        if (i < y.length) {
            double product = y[i] * z[i];
            inner += product;
            separate += product * product;
        }
        inner += innerOdd;
        separate += separateOdd;
        return LINEAR * inner + ALIKE / y.length * ySquare * zSquare + SEPARATE * separate + MIXED * inner * inner;
    }

    /** Returns the model plus the quadratic of least norm that gives it these values at the steps. */
    QuadraticModel fitted(QuadraticModel model, double[] values) {
        double[] rest = values.clone();
        double[][] unscaled = new double[steps.length][];
        for (int k = 0; k < rest.length; k++) {
            unscaled[k] = Arrays.stream(steps[k]).map(x -> x * scale).toArray();
            rest[k] -= model.at(unscaled[k]);
        }
        double[] weights = factor.solve(rest);
        double[] gradient = model.gradient().clone();
        double[][] hessian = Arrays.stream(model.hessian()).map(double[]::clone).toArray(double[][]::new);
        for (int k = 0; k < weights.length; k++) {
            add(weights[k], steps[k], squares[k], gradient, hessian);
        }
        return new QuadraticModel(gradient, hessian);
    }

    private void add(double weight, double[] y, double square, double[] gradient, double[][] hessian) {
        double curving = 2 * weight / (scale * scale);
        for (int i = 0; i < y.length; i++) {
            gradient[i] += weight / scale * LINEAR * y[i];
            hessian[i][i] += curving * (ALIKE / y.length * square + SEPARATE * y[i] * y[i]);
            double row = curving * MIXED * y[i];
            for (int j = 0; j < y.length; j++) {
                hessian[i][j] += row * y[j];
            }
        }
    }

    /** The remaining variance of the value at a step, given the values here, as a share of the prior variance there. */
    double variance(double[] step) {
        double[] y = Arrays.stream(step).map(x -> x / scale).toArray();
        double square = Vectors.dot(y, y);
        double[] known = factor.forward(covariances(y, square));
        double prior = kernel(y, square, y, square);
        return prior == 0 ? 0 : 1 - Vectors.dot(known, known) / prior;
    }

    /** The weight of each value here for the value at a step (its Lagrange functions). */
    double[] shares(double[] step) {
        double[] y = Arrays.stream(step).map(x -> x / scale).toArray();
        return factor.solve(covariances(y, Vectors.dot(y, y)));
    }

    private double[] covariances(double[] y, double square) {
        double[] covariances = new double[steps.length];
        for (int k = 0; k < covariances.length; k++) {
            covariances[k] = kernel(y, square, steps[k], squares[k]);
        }
        return covariances;
    }
}
