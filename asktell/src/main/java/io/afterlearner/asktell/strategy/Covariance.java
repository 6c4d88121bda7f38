package io.afterlearner.asktell.strategy;

import java.util.List;

/** The covariance of a gaussian, C = A·Aᵀ, as far as {@link EvolutionStrategy} needs to know it. */
interface Covariance {

    /** A·z: standard normal noise takes this covariance. */
    double[] color(double[] noise);

    /** A⁻¹·y, the inverse of {@link #color}. */
    double[] whiten(double[] step);

    /** Squared length of each step once {@link #whiten whitened}. */
    double[] squaredLengths(double[][] steps);

    /** Standard deviation of a coordinate. */
    double deviation(int coordinate);

    /** About the ratio of the greatest variance in any direction to the least. */
    double condition();

    /**
     * Replaces C by keep·C + Σ weight·step·stepᵀ; negative weights, which come last, are cut where C would stop being one.
     */
    void update(double keep, List<Weighted> terms);

    /** How much faster than a full matrix it can learn. */
    double learningSpeed();

    /**
     * One term of an update.
     *
     * @param squaredLength as of {@link #squaredLengths}, before the update; read where the weight is negative
     */
    record Weighted(double weight, double[] step, double squaredLength) {}
}
