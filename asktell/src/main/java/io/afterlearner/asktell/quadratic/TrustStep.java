package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.math.Cholesky;
import io.afterlearner.asktell.math.Vectors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The step that minimises a {@link QuadraticModel} within a radius (Moré, Sorensen: Computing a trust region step, 1983: only
 * Cholesky factors are needed to find the shift of the Hessian) and within bounds. Coordinates that would cross a bound are
 * fixed on it, and the others are minimised again.
 */
final class TrustStep {

    private static final int MAX_SHIFTS = 60;
    /** A step of at least this share of the radius counts as long enough. */
    private static final double NEAR = 0.98;

    private static final double NEAR_MIDDLE = 0.99;

    private TrustStep() {}

    /**
     * @param low lower bound of each coordinate's step, at most 0
     * @param high upper bound of each coordinate's step, at least 0
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

    /** Replaces the free entries of the step; returns false if none is free. */
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

    /**
     * Finds the shift whose step has the length of the radius: a larger shift makes a shorter step. Newton's method on 1/radius
     * - 1/length as a function of the shift, kept within bounds by bisection of its logarithm.
     */
    private static double[] within(double[] gradient, double[][] hessian, double radius) {
        double steepness = Vectors.norm(gradient);
        Cholesky newton = shifted(hessian, 0);
        double[] whole = newton == null ? new double[gradient.length] : newton.solve(gradient);
        if (steepness == 0 || (newton != null && Vectors.norm(whole) <= radius)) {
            return Vectors.plus(new double[gradient.length], whole, -1);
        }
        double high = steepness / radius + greatestRow(hessian);
        double low = newton == null ? high * 1e-16 : 0;
        double shift = newton == null ? Math.sqrt(low * high) : next(newton, whole, radius, 0);
        double[] best = gradient;
        for (int k = 0; k < MAX_SHIFTS && high > 1.01 * low; k++) {
            double least = Math.max(low, high * 1e-16);
            double middle = shift > least && shift < high ? shift : Math.sqrt(least * high);
            Cholesky factor = shifted(hessian, middle);
            double[] step = factor == null ? null : factor.solve(gradient);
            double length = step == null ? Double.POSITIVE_INFINITY : Vectors.norm(step);
            if (length > radius) {
                low = middle;
            } else {
                high = middle;
                best = step == null ? best : step;
                if (length > NEAR * radius) {
                    break;
                }
            }
            shift = factor == null || step == null ? 0 : next(factor, step, NEAR_MIDDLE * radius, middle);
        }
        return Vectors.plus(new double[best.length], best, -radius / Vectors.norm(best));
    }

    /** Newton's next shift. */
    private static double next(Cholesky factor, double[] step, double radius, double shift) {
        double length = Vectors.norm(step);
        double slope = Vectors.norm(factor.forward(step));
        double ratio = length / slope;
        return shift + ratio * ratio * (length - radius) / radius;
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

    private static @Nullable Cholesky shifted(double[][] hessian, double shift) {
        double[] shifts = new double[hessian.length];
        Arrays.fill(shifts, shift);
        return Cholesky.of(hessian, shifts);
    }
}
