package io.afterlearner.benchmarks.quality;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Regrets of choices by index: random combinatorial problems, each with a known optimum. */
final class Combinations {
    private Combinations() {}

    /** Number of choices that differ from the targets. */
    static ToDoubleFunction<double[]> targets(int dimension, int arity, RandomState random) {
        double[] targets = floors(dimension, arity, random);
        return x -> {
            int wrong = 0;
            for (int i = 0; i < dimension; i++) {
                wrong += x[i] == targets[i] ? 0 : 1;
            }
            return wrong;
        };
    }

    /** How much less a load is worth than the best; for an overweight load, the worth of the best plus the excess weight. */
    static ToDoubleFunction<double[]> knapsack(int dimension, RandomState random) {
        double[] worth = plusOne(floors(dimension, 99, random));
        double[] weight = plusOne(floors(dimension, 99, random));
        int capacity = (int) Products.dot(weight, ones(dimension)) / 2;
        double best = bestLoad(worth, weight, capacity);
        return x -> {
            double heavier = Products.dot(weight, x) - capacity;
            return best + (heavier > 0 ? heavier : -Products.dot(worth, x));
        };
    }

    private static double bestLoad(double[] worth, double[] weight, int capacity) {
        double[] best = new double[capacity + 1];
        for (int i = 0; i < worth.length; i++) {
            for (int load = capacity; load >= weight[i]; load--) {
                best[load] = Math.max(best[load], best[load - (int) weight[i]] + worth[i]);
            }
        }
        return best[capacity];
    }

    /** Unsatisfied clauses, out of 4.2 per variable with three literals each; a planted assignment satisfies all. */
    static ToDoubleFunction<double[]> satisfaction(int dimension, RandomState random) {
        double[] planted = floors(dimension, 2, random);
        int literals = 3 * (42 * dimension / 10);
        double[] variables = floors(literals, dimension, random);
        double[] signs = floors(literals, 2, random);
        for (int first = 0; first < literals; first += 3) {
            signs[first] = isSatisfied(planted, variables, signs, first) ? signs[first] : 1 - signs[first];
        }
        return x -> {
            int unsatisfied = 0;
            for (int first = 0; first < literals; first += 3) {
                unsatisfied += isSatisfied(x, variables, signs, first) ? 0 : 1;
            }
            return unsatisfied;
        };
    }

    private static boolean isSatisfied(double[] x, double[] variables, double[] signs, int first) {
        for (int i = first; i < first + 3; i++) {
            if (x[(int) variables[i]] == signs[i]) {
                return true;
            }
        }
        return false;
    }

    /** Whole numbers from 0 to bound - 1. */
    static double[] floors(int count, int bound, RandomState random) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> Math.floor(bound * random.uniform()));
        return values;
    }

    private static double[] plusOne(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i]++;
        }
        return values;
    }

    private static double[] ones(int count) {
        return plusOne(new double[count]);
    }
}
