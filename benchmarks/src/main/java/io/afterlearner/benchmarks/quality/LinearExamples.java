package io.afterlearner.benchmarks.quality;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Metrics of linear models on 200 synthetic examples, nearly piecewise constant; some parameters get all examples right. */
final class LinearExamples {
    private static final int COUNT = 200;

    private LinearExamples() {}

    /** Share of examples that a linear classifier gets wrong. */
    static ToDoubleFunction<double[]> errorRate(int dimension, RandomState random) {
        double[][] examples = classifier(dimension, random);
        return x -> {
            int wrong = 0;
            for (double[] example : examples) {
                wrong += margin(example, x) <= 0 ? 1 : 0;
            }
            return (double) wrong / COUNT;
        };
    }

    /** Like the other method, on {@code size} examples drawn anew each time. */
    static ToDoubleFunction<double[]> miniBatch(int dimension, RandomState random, int size, RandomState draws) {
        double[][] examples = classifier(dimension, random);
        return x -> {
            int wrong = 0;
            for (int i = 0; i < size; i++) {
                wrong += margin(examples[(int) Math.floor(COUNT * draws.uniform())], x) <= 0 ? 1 : 0;
            }
            return (double) wrong / size;
        };
    }

    /** Share of examples that a linear regression misses by more than 1. */
    static ToDoubleFunction<double[]> threshold(int dimension, RandomState random) {
        double[][] features = features(dimension, random);
        double[] right = random.gaussians(dimension);
        return x -> {
            int missed = 0;
            for (double[] example : features) {
                missed += Math.abs(Products.dot(example, right) - Products.dot(example, x)) > 1 ? 1 : 0;
            }
            return (double) missed / COUNT;
        };
    }

    private static double[][] features(int dimension, RandomState random) {
        double[][] features = new double[COUNT][];
        Arrays.setAll(features, i -> random.gaussians(dimension));
        return features;
    }

    /** Features times label, followed by the margin of the shipped model. */
    private static double[][] classifier(int dimension, RandomState random) {
        double[][] features = features(dimension, random);
        double[] right = random.gaussians(dimension);
        double[] shipped = new double[dimension];
        for (int i = 0; i < COUNT; i++) {
            double label = Math.signum(Products.dot(features[i], right));
            for (int k = 0; k < dimension; k++) {
                features[i][k] *= label;
                shipped[k] += i < dimension ? features[i][k] : 0;
            }
        }
        double factor = Math.sqrt(dimension / Products.dot(shipped, shipped));
        double[][] examples = new double[COUNT][dimension + 1];
        for (int i = 0; i < COUNT; i++) {
            System.arraycopy(features[i], 0, examples[i], 0, dimension);
            examples[i][dimension] = factor * Products.dot(features[i], shipped);
        }
        return examples;
    }

    private static double margin(double[] example, double[] x) {
        double product = 0;
        for (int k = 0; k < x.length; k++) {
            product += example[k] * x[k];
        }
        return example[x.length] + 0.3 * product;
    }
}
