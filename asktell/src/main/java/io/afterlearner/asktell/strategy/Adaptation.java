package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.strategy.Covariance.Weighted;
import java.util.ArrayList;
import java.util.List;

/** Updates the covariance and step size of an {@link EvolutionStrategy} after a batch, with CMA-ES's evolution paths. */
final class Adaptation {

    private final Covariance covariance;
    private final StrategyConstants constants;
    private final int dimension;
    private double[] stepPath;
    private double[] shapePath;
    private long updates;

    Adaptation(Covariance covariance, StrategyConstants constants, int dimension) {
        this.covariance = covariance;
        this.constants = constants;
        this.dimension = dimension;
        stepPath = new double[dimension];
        shapePath = new double[dimension];
    }

    void forgetPaths() {
        stepPath = new double[dimension];
        shapePath = new double[dimension];
    }

    /**
     * Updates the covariance.
     *
     * @param steps from the mean to each point in units of the step size, the best first; shortened in place
     * @return the change of the logarithm of the step size
     */
    double learn(double[][] steps, Recombination shares) {
        double[] squares = cut(steps);
        double[] move = weightedSum(steps, shares.weights());
        updates++;
        boolean steady = updateStepPath(move, shares.selectionMass());
        blend(shapePath, constants.pathRate(), shares.selectionMass(), steady ? move : new double[dimension]);
        updateCovariance(steps, squares, shares.weights(), steady);
        double excess = Vectors.norm(stepPath) / constants.expectedNorm() - 1;
        return Math.min(1, constants.stepRate() / constants.stepDamping() * excess);
    }

    /**
     * Shortens each step to a likely length of this distribution (equation 3 of the injection paper).
     *
     * @return the squared length of each shortened step, in standard deviations
     */
    private double[] cut(double[][] steps) {
        double[] squares = covariance.squaredLengths(steps);
        for (int k = 0; k < steps.length; k++) {
            double factor = Math.min(1, constants.longestStep() / Math.sqrt(squares[k]));
            squares[k] *= factor * factor;
            for (int i = 0; factor < 1 && i < steps[k].length; i++) {
                steps[k][i] *= factor;
            }
        }
        return squares;
    }

    private static double[] weightedSum(double[][] steps, double[] weights) {
        double[] sum = new double[steps[0].length];
        for (int k = 0; k < weights.length && weights[k] > 0; k++) {
            Vectors.addMultiple(weights[k], steps[k], sum);
        }
        return sum;
    }

    /** Whether the step-size path is short enough to update the shape path (the tutorial's h_σ). */
    private boolean updateStepPath(double[] move, double mass) {
        blend(stepPath, constants.stepRate(), mass, covariance.whiten(move));
        double settled = 1 - StrictMath.pow(1 - constants.stepRate(), 2.0 * updates);
        double limit = (1.4 + 2 / (dimension + 1.0)) * constants.expectedNorm();
        return Vectors.norm(stepPath) / Math.sqrt(settled) < limit;
    }

    private static void blend(double[] path, double rate, double mass, double[] move) {
        double factor = Math.sqrt(rate * (2 - rate) * mass);
        for (int i = 0; i < path.length; i++) {
            path[i] = (1 - rate) * path[i] + factor * move[i];
        }
    }

    private void updateCovariance(double[][] steps, double[] squares, double[] weights, boolean steady) {
        double rankOne = constants.rankOneRate();
        double rankMany = constants.rankManyRate();
        List<Weighted> terms = new ArrayList<>();
        terms.add(new Weighted(rankOne, shapePath, Double.NaN));
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            double weight = weights[k] > 0 ? weights[k] : weights[k] * constants.negativeMass();
            sum += weight;
            if (weight != 0) {
                double unit = weight > 0 ? 1 : unit(squares[k]);
                terms.add(new Weighted(rankMany * weight * unit, steps[k], squares[k]));
            }
        }
        double lost = steady ? 0 : rankOne * constants.pathRate() * (2 - constants.pathRate());
        covariance.update(1 - rankOne - rankMany * sum + lost, terms);
    }

    /** The factor that scales a step with a negative weight to its expected squared length. */
    private double unit(double square) {
        return square == 0 ? 0 : dimension / square;
    }
}
