package io.afterlearner.benchmarks.quality;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Test functions of z, as in {@link Landscape}, that are not in the reference table; the minimum of each is 0. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
enum HeldOutLandscape {
    DIFFERENTPOWERS(z -> {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += Math.pow(Math.abs(z[i]), 2 + 4.0 * i / Math.max(1, z.length - 1));
        }
        return sum;
    }),
    ACKLEY(z -> {
        double waves = Math.exp(sum(z, v -> Math.cos(2 * Math.PI * v)) / z.length);
        double bowl = 20 - 20 * Math.exp(-0.2 * Math.sqrt(sum(z, v -> v * v) / z.length));
        return Math.max(0, bowl + Math.E - waves);
    }),
    /** Uses ten times z, so that a unit step leaves a valley. */
    GRIEWANK(z -> {
        double product = 1;
        for (int i = 0; i < z.length; i++) {
            product *= Math.cos(10 * z[i] / Math.sqrt(i + 1));
        }
        return Math.max(0, 1 + sum(z, v -> 100 * v * v) / 4000 - product);
    }),
    LEVY(z -> {
        double first = Math.sin(Math.PI * z[0] / 4);
        double sum = first * first;
        for (int i = 0; i < z.length - 1; i++) {
            double v = z[i] / 4;
            double sine = Math.sin(Math.PI * (1 + v) + 1);
            sum += v * v * (1 + 10 * sine * sine);
        }
        double last = z[z.length - 1] / 4;
        double sine = Math.sin(2 * Math.PI * last);
        return sum + last * last * (1 + sine * sine);
    }),
    /** Shifted so that the minimum is 0, up to rounding. */
    STYBLINSKITANG(z -> {
        double sum = sum(z, v -> {
            double x = v - 2.903534027771177;
            return x * x * x * x - 16 * x * x + 5 * x;
        });
        return Math.max(0, sum / 2 + 39.166165703771405 * z.length);
    }),
    ABSOLUTE(z -> sum(z, Math::abs)),
    SCHWEFEL222(z -> {
        double product = 1;
        for (double v : z) {
            product *= Math.abs(v);
        }
        return ABSOLUTE.value(z) + product;
    }),
    SCHAFFER(z -> {
        double sum = 0;
        for (int i = 0; i < z.length - 1; i++) {
            double radius = Math.hypot(z[i], z[i + 1]);
            double sine = Math.sin(50 * Math.pow(radius, 0.2));
            sum += Math.sqrt(radius) * (1 + sine * sine);
        }
        double mean = sum / (z.length - 1);
        return mean * mean;
    }),
    DOUBLESUM(z -> {
        double soFar = 0;
        double sum = 0;
        for (double v : z) {
            soFar += v;
            sum += soFar * soFar;
        }
        return sum;
    }),
    /** A staircase in each coordinate, flat within half a unit of the optimum. */
    STEPS(z -> sum(z, v -> Math.floor(Math.abs(v) + 0.5) * Math.floor(Math.abs(v) + 0.5))),
    FLOOREDROSENBROCK(z -> Math.floor(Landscape.ROSENBROCK.value(z)));

    private final ToDoubleFunction<double[]> formula;

    HeldOutLandscape(ToDoubleFunction<double[]> formula) {
        this.formula = formula;
    }

    double value(double[] z) {
        return formula.applyAsDouble(z);
    }

    private static double sum(double[] z, DoubleUnaryOperator term) {
        return Arrays.stream(z).map(term).sum();
    }
}
