package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.strategy.Covariance.Weighted;
import io.afterlearner.asktell.strategy.EvolutionStrategy.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CMA-ES (Hansen: The CMA Evolution Strategy: A Tutorial, arXiv 1604.00772, with its negative weights): evolution paths adapt a
 * {@link Covariance} and the step size.
 */
final class CovarianceAdaptation implements Distribution {

    private static final double MIN_SPREAD = 1e-12;
    private static final double MAX_CONDITION = 1e14;

    private final Latent latent;
    private final Covariance covariance;
    private final StrategyConstants constants;
    private final int dimension;
    private double[] stepPath;
    private double[] shapePath;
    private long updates;

    CovarianceAdaptation(Latent latent, Covariance covariance, int batchSize) {
        this.latent = latent;
        this.covariance = covariance;
        dimension = latent.dimension();
        constants = StrategyConstants.of(dimension, batchSize, covariance.learningSpeed());
        stepPath = new double[dimension];
        shapePath = new double[dimension];
    }

    @Override
    public double[] sample(double[] mean, double step, Generator random) {
        double[] coordinates = Vectors.plus(mean, covariance.color(random.gaussians(dimension)), step);
        double[] least = latent.leastDeviation(mean);
        for (int i = 0; latent.jumps() && i < dimension; i++) {
            double deviation = step * covariance.deviation(i);
            double missing = least[i] == 0 ? 0 : least[i] * least[i] - deviation * deviation;
            coordinates[i] += missing > 0 ? Math.sqrt(missing) * random.gaussian() : 0;
        }
        return latent.decode(coordinates);
    }

    @Override
    public void forgetPaths() {
        stepPath = new double[dimension];
        shapePath = new double[dimension];
    }

    @Override
    public boolean degenerate(double step) {
        double widest = 0;
        for (int i = 0; i < dimension; i++) {
            widest = Math.max(widest, covariance.deviation(i));
        }
        return step * widest < MIN_SPREAD || covariance.condition() > MAX_CONDITION;
    }

    @Override
    public double growthOnTie() {
        return constants.growthOnTie();
    }

    @Override
    public int ranks(int batchSize) {
        return batchSize;
    }

    @Override
    public int tellsBeforeSample() {
        return 1;
    }

    @Override
    public double learn(List<Scored> batch, double[] mean, double step, Recombination shares) {
        double[] least = latent.leastDeviation(mean);
        double[][] steps = batch.stream()
                .map(scored -> difference(scored.coordinates(), mean, step, least))
                .toArray(double[][]::new);
        double[] squares = cut(steps);
        double[] move = shares.weighted(Arrays.asList(steps));
        updates++;
        boolean steady = updateStepPath(move, shares.selectionMass());
        blend(shapePath, constants.pathRate(), shares.selectionMass(), steady ? move : new double[dimension]);
        updateCovariance(steps, squares, shares.weights(), steady);
        double excess = Vectors.norm(stepPath) / constants.expectedNorm() - 1;
        return Math.min(1, constants.stepRate() / constants.stepDamping() * excess);
    }

    /** The step from the mean in units of the step size; where a coordinate jumps, rounding may have lengthened it. */
    private double[] difference(double[] coordinates, double[] mean, double step, double[] least) {
        double[] difference = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            difference[i] = (coordinates[i] - mean[i]) / step;
            if (least[i] > 0) {
                double most = 2 * covariance.deviation(i);
                difference[i] = Math.min(Math.max(difference[i], -most), most);
            }
        }
        return difference;
    }

    /** Shortens each step to a likely length (equation 3 of arXiv 1110.4181); returns the squared ones, in deviations. */
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

    /** Whether the step-size path is short enough to update the shape path (the tutorial's h_σ). */
    private boolean updateStepPath(double[] move, double mass) {
        blend(stepPath, constants.stepRate(), mass, covariance.whiten(move));
        double settled = 1 - StrictMath.pow(1 - constants.stepRate(), 2.0 * updates);
        double limit = (1.4 + 2 / (dimension + 1.0)) * constants.expectedNorm();
        return Vectors.norm(stepPath) / Math.sqrt(settled) < limit;
    }

    private static void blend(double[] path, double rate, double mass, double[] move) {
        Vectors.blend(1 - rate, path, Math.sqrt(rate * (2 - rate) * mass), move);
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
                // A step with a negative weight is scaled to its expected squared length.
                double unit = weight > 0 ? 1 : squares[k] == 0 ? 0 : dimension / squares[k];
                terms.add(new Weighted(rankMany * weight * unit, steps[k], squares[k]));
            }
        }
        double lost = steady ? 0 : rankOne * constants.pathRate() * (2 - constants.pathRate());
        covariance.update(1 - rankOne - rankMany * sum + lost, terms);
    }
}
