package io.afterlearner.asktell.strategy;

import java.util.List;

/** The operations on the covariance C = A·Aᵀ of a Gaussian that {@link EvolutionStrategy} needs. */
interface Covariance {

    /** A·z: gives standard normal noise this covariance. */
    double[] color(double[] noise);

    /** A⁻¹·y, the inverse of {@link #color}. */
    double[] whiten(double[] step);

    /** Squared length of each step after {@link #whiten}. */
    double[] squaredLengths(double[][] steps);

    /** Standard deviation of a coordinate. */
    double deviation(int coordinate);

    /** Roughly the ratio of the greatest variance in any direction to the least. */
    double condition();

    /** Replaces C by keep·C + Σ weight·step·stepᵀ. Negative weights come last; limits keep C positive definite. */
    void update(double keep, List<Weighted> terms);

    /** How much faster it can learn than a full matrix. */
    double learningSpeed();

    /** @param squaredLength as in {@link #squaredLengths}, before the update; only used if the weight is negative */
    record Weighted(double weight, double[] step, double squaredLength) {}
}
