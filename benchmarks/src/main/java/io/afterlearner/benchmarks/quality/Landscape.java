package io.afterlearner.benchmarks.quality;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Test functions of z, the distance from the optimum in each coordinate; the minimum of each is 0. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
enum Landscape {
    SPHERE(z -> Arrays.stream(z).map(v -> v * v).sum()),
    CIGAR(z -> {
        double others = 0;
        for (int i = 1; i < z.length; i++) {
            others += z[i] * z[i];
        }
        return z[0] * z[0] + 1e6 * others;
    }),
    RASTRIGIN(z -> {
        double cosines = 0;
        double squares = 0;
        for (double v : z) {
            cosines += Math.cos(2 * Math.PI * v);
            squares += v * v;
        }
        return 10 * (z.length - cosines) + squares;
    }),
    /** The minimum is where every z is 1. */
    ROSENBROCK(z -> {
        double sum = 0;
        for (int i = 0; i < z.length - 1; i++) {
            double bend = z[i] * z[i] - z[i + 1];
            sum += 100 * bend * bend + (z[i] - 1) * (z[i] - 1);
        }
        return sum;
    }),
    ELLIPSOID(z -> {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += Math.pow(10, 6.0 * i / Math.max(1, z.length - 1)) * z[i] * z[i];
        }
        return sum;
    }),
    HM(z -> Arrays.stream(z)
            .map(v -> v == 0 ? 0 : v * v * (1.1 + Math.cos(1 / v)))
            .sum()),
    /** The ellipsoid on plateaus, each e times as high as the next lower one. */
    STEPELLIPSOID(z -> {
        double log = Math.log(Math.max(ELLIPSOID.value(z), Double.MIN_VALUE));
        return Math.exp(log < 0 ? Math.ceil(log) : Math.floor(log));
    }),
    /** 1 except on a spiral that narrows toward the optimum; only two coordinates matter. */
    DECEPTIVEMULTIMODAL(z -> {
        double radius = Math.hypot(z[0], z[1]);
        if (radius == 0) {
            return 0;
        }
        double angle = z[1] == 0 ? Math.PI / 2 : Math.atan(z[0] / z[1]);
        return Math.abs(Math.cos(Math.floor(1 / radius)) - angle) > 0.1 ? 1 : radius;
    });

    private final ToDoubleFunction<double[]> formula;

    Landscape(ToDoubleFunction<double[]> formula) {
        this.formula = formula;
    }

    double value(double[] z) {
        return formula.applyAsDouble(z);
    }
}
