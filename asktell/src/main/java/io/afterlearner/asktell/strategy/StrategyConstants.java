package io.afterlearner.asktell.strategy;

/**
 * The constants of {@link EvolutionStrategy}: table 1 of arXiv 1604.00772 for a dimension and a batch size.
 *
 * @param batchSize λ, how many told points make an update
 * @param stepRate c_σ
 * @param stepDamping d_σ
 * @param pathRate c_c
 * @param rankOneRate c_1
 * @param rankManyRate c_μ
 * @param negativeMass what the negative weights sum to, below 0 in the table, here its size
 * @param expectedNorm of a standard normal vector
 * @param longestStep length, in standard deviations, beyond which a step is cut
 * @param growthOnTie factor on the step size when a whole batch has the same loss
 */
record StrategyConstants(
        int batchSize,
        double stepRate,
        double stepDamping,
        double pathRate,
        double rankOneRate,
        double rankManyRate,
        double negativeMass,
        double expectedNorm,
        double longestStep,
        double growthOnTie) {

    /** The table's λ. */
    static int batchSize(int dimension) {
        return 4 + (int) (3 * StrictMath.log(dimension));
    }

    static StrategyConstants of(int dimension, int lambda, double learningSpeed) {
        double n = dimension;
        double mass = mass(lambda, 0, lambda / 2);
        double opposed = mass(lambda, lambda / 2, lambda);
        double stepRate = (mass + 2) / (n + mass + 5);
        double damping = 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (n + 1)) - 1) + stepRate;
        double pathRate = (4 + mass / n) / (n + 4 + 2 * mass / n);
        double rankOne = Math.min(0.5, learningSpeed * 2 / ((n + 1.3) * (n + 1.3) + mass));
        double rankMany = Math.min(
                (1 - rankOne) * 0.7, learningSpeed * 2 * (0.25 + mass + 1 / mass - 2) / ((n + 2) * (n + 2) + mass));
        double negative = Math.min(
                Math.min(1 + rankOne / rankMany, 1 + 2 * opposed / (mass + 2)),
                (1 - rankOne - rankMany) / (n * rankMany));
        double norm = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
        double longest = Math.sqrt(n) + 2 * n / (n + 2);
        double growth = StrictMath.exp(0.2 + stepRate / damping);
        return new StrategyConstants(
                lambda, stepRate, damping, pathRate, rankOne, rankMany, negative, norm, longest, growth);
    }

    /** (Σw)² / Σw² over the ranks from {@code from} to before {@code to}, before the weights are normalised. */
    private static double mass(int lambda, int from, int to) {
        double sum = 0;
        double squares = 0;
        for (int rank = from; rank < to; rank++) {
            double weight = StrictMath.log((lambda + 1) / 2.0) - StrictMath.log(rank + 1);
            sum += weight;
            squares += weight * weight;
        }
        return sum * sum / squares;
    }
}
