package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.code.RankCode;
import io.afterlearner.asktell.code.SequentialCode;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.search.Algorithm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CMA-ES (Hansen: The CMA Evolution Strategy: A Tutorial, arXiv 1604.00772, with its negative weights) in a steady-state form:
 * once a batch of sampled points was told, in any order and from any older distribution, the mean, the step size and the {@link
 * Covariance} are updated. Nothing waits for a generation.
 *
 * <p>ℵ₀ is the trained model, and a manually chosen first step size is often far too wide around it, especially in many
 * dimensions. So while no sample is as good as the outside point at the mean, the mean stays there and each batch halves the
 * step.
 *
 * <p>Points of an older distribution, and values rounded to whole numbers, may lie farther out than the current distribution
 * would sample. Their influence on the covariance and the step size is limited as in Hansen: Injecting external solutions into
 * CMA-ES, arXiv 1110.4181. Points from outside only count if they are the best so far: then the mean moves there.
 */
public final class EvolutionStrategy implements Algorithm {

    private static final double LEAST_STEP = 1e-20;
    private static final double GREATEST_STEP = 1e9;
    /** A batch without a loss shrinks the step size towards the known good region, but not below this. */
    private static final double LEAST_STEP_ON_FAILURE = 1e-3;

    private static final double SHRINK_ON_FAILURE = 0.8;
    private static final double SHRINK_ON_ANCHOR = 0.5;

    /** A batch of equal losses means that steps are too small, up to this step size. */
    private static final double GREATEST_STEP_ON_TIE = 1;

    private static final double LEAST_SPREAD = 1e-12;
    private static final double GREATEST_CONDITION = 1e14;

    private final Latent latent;
    private final Covariance covariance;
    private final StrategyConstants constants;
    private final Adaptation adaptation;
    private final List<Scored> batch = new ArrayList<>();
    private final Averaged means;
    private double[] mean;
    private double step = 1;
    private double bestLoss = Double.POSITIVE_INFINITY;
    /** Whether the mean is a point from outside that no sample since has matched. */
    private boolean anchored;

    private long toldSinceAnchorMoved = Long.MAX_VALUE;
    /** Whether a sample in this batch is as good as the point at the mean. */
    private final SequentialCode matches = new SequentialCode(2);
    /** Whether a point from outside is the best so far. */
    private final SequentialCode leads = new SequentialCode(2);

    private final RankCode ranks = new RankCode();
    private double learnedNats;

    public EvolutionStrategy(Latent latent, Covariance covariance) {
        this(latent, covariance, StrategyConstants.batchSize(latent.dimension()), new double[latent.dimension()]);
    }

    /**
     * @param batchSize λ, at least 4
     * @param start the first mean, in coordinates
     */
    public EvolutionStrategy(Latent latent, Covariance covariance, int batchSize, double[] start) {
        this.latent = latent;
        this.covariance = covariance;
        int dimension = latent.dimension();
        constants = StrategyConstants.of(dimension, batchSize, covariance.learningSpeed());
        means = new Averaged(dimension);
        mean = start.clone();
        adaptation = new Adaptation(covariance, constants, dimension);
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] move = covariance.color(random.gaussians(mean.length));
        double[] least = latent.leastDeviation(mean);
        double[] coordinates = Vectors.plus(mean, move, step);
        for (int i = 0; latent.jumps() && i < coordinates.length; i++) {
            coordinates[i] += missingNoise(i, least[i], random);
        }
        return latent.decode(coordinates);
    }

    private double missingNoise(int coordinate, double leastDeviation, Generator random) {
        if (leastDeviation == 0) {
            return 0;
        }
        double deviation = step * covariance.deviation(coordinate);
        double missing = leastDeviation * leastDeviation - deviation * deviation;
        return missing > 0 ? Math.sqrt(missing) * random.gaussian() : 0;
    }

    @Override
    public void update(Told told) {
        if (!told.sampled()) {
            learnedNats += leads.nats(told.loss() < bestLoss ? 1 : 0);
        } else if (anchored) {
            anchored = told.loss() > bestLoss;
            learnedNats += matches.nats(anchored ? 0 : 1);
        }
        if (told.sampled()) {
            // Samples asked before the last halving would shrink the step size again.
            if (!anchored || told.lag() < toldSinceAnchorMoved) {
                batch.add(new Scored(latent.encode(told.point()), told.loss()));
            }
        } else if (told.loss() < bestLoss) {
            moveTo(latent.encode(told.point()));
        }
        bestLoss = Math.min(bestLoss, told.loss());
        if (toldSinceAnchorMoved < Long.MAX_VALUE) {
            toldSinceAnchorMoved++;
        }
        if (batch.size() >= constants.batchSize()) {
            learn();
            batch.clear();
        }
    }

    /** The centre of its distribution. */
    double[] mean() {
        return latent.decode(mean);
    }

    /** Null while the mean is a single point from outside; else an average of recent means. */
    @Override
    public double @Nullable [] recommendation() {
        return anchored || means.isEmpty() ? null : latent.decode(means.point());
    }

    /** Whether samples differ from the mean by no more than rounding, or far more in one direction than in another. */
    boolean degenerate() {
        double widest = 0;
        for (int i = 0; i < mean.length; i++) {
            widest = Math.max(widest, covariance.deviation(i));
        }
        return step * widest < LEAST_SPREAD || covariance.condition() > GREATEST_CONDITION;
    }

    private void moveTo(double[] coordinates) {
        mean = coordinates;
        means.clear();
        anchored = true;
        adaptation.forgetPaths();
    }

    private void learn() {
        batch.sort(Comparator.comparingDouble(Scored::loss));
        double[] losses = batch.stream().mapToDouble(Scored::loss).toArray();
        learnedNats += anchored ? 0 : ranks.nats(losses, losses.length);
        Recombination shares = Recombination.of(losses);
        if (anchored) {
            approachAnchor();
        } else if (losses[0] == Double.POSITIVE_INFINITY) {
            step = Math.min(step, Math.max(step * SHRINK_ON_FAILURE, LEAST_STEP_ON_FAILURE));
        } else if (shares.selectionMass() == 0) {
            step = Math.max(step, Math.min(step * constants.growthOnTie(), GREATEST_STEP_ON_TIE));
        } else {
            learn(shares);
        }
    }

    @Override
    public double learnedNats(long number) {
        return learnedNats;
    }

    private void approachAnchor() {
        step *= SHRINK_ON_ANCHOR;
        toldSinceAnchorMoved = 0;
        if (step < LEAST_STEP_ON_FAILURE) {
            anchored = false;
            step = 1;
        }
    }

    private void learn(Recombination shares) {
        double[][] steps = batch.stream()
                .map(scored -> shortJumps(difference(scored.coordinates())))
                .toArray(double[][]::new);
        moveMean(shares.weights());
        double next = step * StrictMath.exp(adaptation.learn(steps, shares));
        step = Math.min(Math.max(next, LEAST_STEP), GREATEST_STEP);
    }

    private double[] difference(double[] coordinates) {
        double[] difference = new double[mean.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = (coordinates[i] - mean[i]) / step;
        }
        return difference;
    }

    private double[] shortJumps(double[] difference) {
        if (!latent.jumps()) {
            return difference;
        }
        double[] least = latent.leastDeviation(mean);
        for (int i = 0; i < difference.length; i++) {
            if (least[i] > 0) {
                double most = 2 * covariance.deviation(i);
                difference[i] = Math.min(Math.max(difference[i], -most), most);
            }
        }
        return difference;
    }

    /** Without cut steps: the new mean is the weighted mean of points that were really evaluated. */
    private void moveMean(double[] weights) {
        double[] next = new double[mean.length];
        for (int k = 0; k < weights.length && weights[k] > 0; k++) {
            Vectors.addMultiple(weights[k], batch.get(k).coordinates(), next);
        }
        mean = next;
        means.add(mean);
    }
}
