package io.afterlearner.asktell;

import java.util.List;

/** The covariance of a gaussian, C = A·Aᵀ, as far as {@link EvolutionStrategy} needs to know it. */
interface Covariance {

    /** A·z: standard normal noise takes this covariance. */
    double[] color(double[] noise);

    /** A⁻¹·y, the inverse of {@link #color}. */
    double[] whiten(double[] step);

    /** Standard deviation of a coordinate. */
    double deviation(int coordinate);

    /** Replaces C by keep·C + Σ weight·step·stepᵀ; negative weights are cut where C would stop being one. */
    void update(double keep, List<Weighted> terms);

    /** How much faster than a full matrix it can learn. */
    double learningSpeed();

    /** One term of an update. */
    record Weighted(double weight, double[] step) {}
}
