package io.afterlearner.asktell.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/**
 * Tests of distributions: a correct sampler fails each for about one seed in a million. The samplers draw from fixed
 * seeds, so that a test passes always or never.
 */
public final class Chance {
    /** Two-sided quantile of the standard normal distribution, one in a million. */
    private static final double TWO_SIDED = 4.892;
    /** One-sided quantile of the standard normal distribution, one in a million. */
    private static final double ONE_SIDED = 4.753;
    /** Quantile of Kolmogorov's distribution, one in a million. */
    private static final double KOLMOGOROV = 2.694;

    private Chance() {}

    /** Asserts that independent draws with this variance have this mean. */
    public static void assertMean(double mean, double variance, double[] draws, String what) {
        double found = Arrays.stream(draws).average().orElseThrow();
        double z = (found - mean) / Math.sqrt(variance / draws.length);
        assertTrue(Math.abs(z) < TWO_SIDED, what + ": mean " + found + " for " + mean + ", z " + z);
    }

    /** Asserts that independent normal draws have this mean and variance. */
    public static void assertMoments(double mean, double variance, double[] draws, String what) {
        assertMean(mean, variance, draws, what);
        double[] squares =
                Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).toArray();
        assertMean(variance, 2 * variance * variance, squares, what + ", variance");
    }

    /** Asserts that independent trials succeed with this probability. */
    public static void assertShare(double probability, long successes, long trials, String what) {
        double z = (successes - trials * probability) / Math.sqrt(trials * probability * (1 - probability));
        assertTrue(Math.abs(z) < TWO_SIDED, what + ": " + successes + " of " + trials + ", z " + z);
    }

    /** Asserts that all counted kinds are equally likely (chi-square, its tail by Wilson and Hilferty 1931). */
    public static void assertEven(double[] counts, String what) {
        double expected = Arrays.stream(counts).average().orElseThrow();
        double square = Arrays.stream(counts)
                .map(count -> (count - expected) * (count - expected) / expected)
                .sum();
        double freedom = counts.length - 1;
        double root = 1 - 2 / (9 * freedom) + ONE_SIDED * Math.sqrt(2 / (9 * freedom));
        assertTrue(
                square < freedom * root * root * root, what + ": chi-square " + square + " " + Arrays.toString(counts));
    }

    /** Asserts that draws are uniform in [0, 1) (Kolmogorov-Smirnov). */
    public static void assertUniform(double[] draws, String what) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        double worst = 0;
        for (int i = 0; i < sorted.length; i++) {
            double below = sorted[i] - i / (double) sorted.length;
            worst = Math.max(worst, Math.max(below, 1.0 / sorted.length - below));
        }
        assertTrue(worst * Math.sqrt(sorted.length) < KOLMOGOROV, what + ": distance " + worst);
    }

    /** Asserts that two normal variables of mean 0 have this covariance. */
    public static void assertCovariance(double expected, double variances, double[] x, double[] y, String what) {
        double[] products = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            products[i] = x[i] * y[i];
        }
        assertMean(expected, variances + expected * expected, products, what);
    }
}
