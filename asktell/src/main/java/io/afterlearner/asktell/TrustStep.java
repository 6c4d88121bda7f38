package io.afterlearner.asktell;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The step that minimises a {@link QuadraticModel} within a radius (Moré, Sorensen: Computing a trust region step, 1983:
 * the shift of the Hessian is found with Cholesky factors only) and within bounds: coordinates that would cross one are
 * put on it, and the others minimised again.
 */
final class TrustStep {

    private static final int MOST_SHIFTS = 60;

    private TrustStep() {}

    /**
     * @param low of each coordinate's step, at most 0
     * @param high of each coordinate's step, at least 0
     */
    static double[] minimise(QuadraticModel model, double radius, double[] low, double[] high) {
        int dimension = model.dimension();
        double[] step = new double[dimension];
        boolean[] fixed = new boolean[dimension];
        for (int round = 0; round <= dimension; round++) {
            double left = radius * radius - fixedSquare(step, fixed);
            if (left <= 0 || !minimiseFree(model, Math.sqrt(left), step, fixed)) {
                return step;
            }
            if (!fixCrossed(step, fixed, low, high)) {
                return step;
            }
        }
        return step;
    }

    private static double fixedSquare(double[] step, boolean[] fixed) {
        double sum = 0;
        for (int i = 0; i < step.length; i++) {
            sum += fixed[i] ? step[i] * step[i] : 0;
        }
        return sum;
    }

    private static boolean fixCrossed(double[] step, boolean[] fixed, double[] low, double[] high) {
        boolean any = false;
        for (int i = 0; i < step.length; i++) {
            if (!fixed[i] && (step[i] < low[i] || step[i] > high[i])) {
                step[i] = Math.min(Math.max(step[i], low[i]), high[i]);
                fixed[i] = true;
                any = true;
            }
        }
        return any;
    }

    /** Replaces the free entries of the step; false where none is free. */
    private static boolean minimiseFree(QuadraticModel model, double radius, double[] step, boolean[] fixed) {
        int[] free = IntStream.range(0, step.length).filter(i -> !fixed[i]).toArray();
        if (free.length == 0) {
            return false;
        }
        for (int i : free) {
            step[i] = 0;
        }
        double[] slope = model.slope(step);
        double[] gradient = new double[free.length];
        double[][] hessian = new double[free.length][free.length];
        for (int i = 0; i < free.length; i++) {
            gradient[i] = slope[free[i]];
            for (int j = 0; j < free.length; j++) {
                hessian[i][j] = model.hessian()[free[i]][free[j]];
            }
        }
        double[] best = within(gradient, hessian, radius);
        for (int i = 0; i < free.length; i++) {
            step[free[i]] = best[i];
        }
        return true;
    }

    /** Bisection on the logarithm of the shift: a larger one makes a shorter step. */
    private static double[] within(double[] gradient, double[][] hessian, double radius) {
        double steepness = Vectors.norm(gradient);
        double[] newton = shifted(gradient, hessian, 0);
        if (steepness == 0 || (newton != null && Vectors.norm(newton) <= radius)) {
            return newton == null ? new double[gradient.length] : newton;
        }
        double high = steepness / radius + greatestRow(hessian);
        double low = high * 1e-16;
        double[] best = null;
        for (int k = 0; k < MOST_SHIFTS && high > 1.01 * low; k++) {
            double middle = Math.sqrt(low * high);
            double[] step = shifted(gradient, hessian, middle);
            if (step == null || Vectors.norm(step) > radius) {
                low = middle;
            } else {
                high = middle;
                best = step;
            }
        }
        double[] step = best == null ? gradient : best;
        double factor = (best == null ? -1 : 1) * radius / Vectors.norm(step);
        return Vectors.plus(new double[step.length], step, factor);
    }

    private static double greatestRow(double[][] hessian) {
        double greatest = 0;
        for (double[] row : hessian) {
            double sum = 0;
            for (double entry : row) {
                sum += Math.abs(entry);
            }
            greatest = Math.max(greatest, sum);
        }
        return greatest;
    }

    private static double @Nullable [] shifted(double[] gradient, double[][] hessian, double shift) {
        double[] shifts = new double[gradient.length];
        Arrays.fill(shifts, shift);
        Cholesky factor = Cholesky.of(hessian, shifts);
        if (factor == null) {
            return null;
        }
        return Vectors.plus(new double[gradient.length], factor.solve(gradient), -1);
    }
}
