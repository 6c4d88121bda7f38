package io.afterlearner.benchmarks.quality;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Regrets of bounded parameters: on a log scale, whole, and of all kinds at once. */
final class Boxes {
    private Boxes() {}

    /** Some optima are out of bounds, so that the best feasible point is on a bound. */
    static ToDoubleFunction<double[]> sphere(double[] optimum, double bound) {
        return x -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                double target = 2 * optimum[i];
                double nearest = Math.max(-bound, Math.min(bound, target));
                sum += (x[i] - nearest) * (x[i] + nearest - 2 * target);
            }
            return sum;
        };
    }

    static ToDoubleFunction<double[]> rastrigin(int dimension, double bound, RandomState random) {
        double[] target = new double[dimension];
        Arrays.setAll(target, i -> 0.8 * bound * (2 * random.uniform() - 1));
        return x -> Landscape.RASTRIGIN.value(Problems.plus(x, target, -1));
    }

    static ToDoubleFunction<double[]> decades(int dimension, RandomState random) {
        double[] target = new double[dimension];
        Arrays.setAll(target, i -> 4 * random.uniform() - 3);
        return x -> {
            double sum = 0;
            for (int i = 0; i < dimension; i++) {
                double off = Math.log10(x[i]) - target[i];
                sum += off * off;
            }
            return sum;
        };
    }

    static ToDoubleFunction<double[]> integers(int dimension, RandomState random) {
        double[] target = Combinations.floors(dimension, 1001, random);
        return x -> {
            double sum = 0;
            for (int i = 0; i < dimension; i++) {
                sum += Math.abs(x[i] - (target[i] - 500));
            }
            return sum;
        };
    }

    /** A third each of reals, integers and choices; a wrong choice triples the weight of a real. */
    static ToDoubleFunction<double[]> mixed(int dimension, RandomState random) {
        int third = dimension / 3;
        double[] real = random.gaussians(third);
        double[] whole = Combinations.floors(third, 21, random);
        double[] choice = Combinations.floors(third, 3, random);
        return x -> {
            double sum = 0;
            for (int i = 0; i < third; i++) {
                int wrong = x[2 * third + i] == choice[i] ? 0 : 1;
                double off = x[i] - real[i];
                sum += off * off * (1 + 2 * wrong) + 0.1 * Math.abs(x[third + i] - whole[i]) + wrong;
            }
            return sum;
        };
    }
}
