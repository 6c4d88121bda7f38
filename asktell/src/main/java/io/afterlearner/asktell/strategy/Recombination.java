package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.math.Vectors;
import java.util.List;

/**
 * The weight of each point of a told batch, by rank (table 1 of Hansen: The CMA Evolution Strategy: A Tutorial, arXiv
 * 1604.00772). Points of equal loss share the weights of their ranks equally; failed ones have no weight.
 *
 * @param weights one per point in order of loss; the positive ones sum to 1, or all are 0 if all losses are equal
 * @param selectionMass effective number of points behind the positive weights, 1 / Σ w²
 */
record Recombination(double[] weights, double selectionMass) {

    static Recombination of(double[] sortedLosses) {
        double[] weights = ranked(sortedLosses.length);
        shareAmongEquals(weights, sortedLosses);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            if (sortedLosses[i] == Double.POSITIVE_INFINITY) {
                weights[i] = 0;
            }
            sum += Math.max(weights[i], 0);
            squares += Math.max(weights[i], 0) * Math.max(weights[i], 0);
        }
        if (sum <= 1e-9) {
            return new Recombination(new double[weights.length], 0);
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= weights[i] > 0 ? sum : 1;
        }
        return new Recombination(weights, sum * sum / squares);
    }

    /** The sum of the vectors with positive weights. */
    double[] weighted(List<double[]> vectors) {
        double[] sum = new double[vectors.get(0).length];
        for (int k = 0; k < weights.length && weights[k] > 0; k++) {
            Vectors.addMultiple(weights[k], vectors.get(k), sum);
        }
        return sum;
    }

    /** Positive for the better half, summing to 1; negative for the worse, summing to -1. */
    private static double[] ranked(int count) {
        double[] weights = new double[count];
        double positive = 0;
        double negative = 0;
        for (int i = 0; i < count; i++) {
            weights[i] = StrictMath.log((count + 1) / 2.0) - StrictMath.log(i + 1);
            positive += Math.max(weights[i], 0);
            negative += Math.max(-weights[i], 0);
        }
        for (int i = 0; i < count; i++) {
            weights[i] /= weights[i] > 0 ? positive : negative;
        }
        return weights;
    }

    private static void shareAmongEquals(double[] weights, double[] sortedLosses) {
        for (int from = 0, to; from < weights.length; from = to) {
            double sum = 0;
            for (to = from; to < weights.length && sortedLosses[to] == sortedLosses[from]; to++) {
                sum += weights[to];
            }
            for (int i = from; i < to; i++) {
                weights[i] = sum / (to - from);
            }
        }
    }
}
