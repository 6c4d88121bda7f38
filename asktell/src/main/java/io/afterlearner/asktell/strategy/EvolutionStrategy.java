package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.code.RankCode;
import io.afterlearner.asktell.code.SequentialCode;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An evolution strategy in a steady-state form: once a batch of sampled points was told, in any order and from any older
 * distribution, the mean, the step size and the {@link Distribution} are updated. Nothing waits for a generation.
 *
 * <p>ℵ₀ is the trained model, and a manually chosen first step size is often far too wide around it, especially in many
 * dimensions. So while no sample is as good as the outside point at the mean, the mean stays there and each batch halves the
 * step, down to a thousandth.
 *
 * <p>Points of an older distribution, and values rounded to whole numbers, may lie farther out than the current distribution
 * would sample. Their influence on the distribution and the step size is limited as in Hansen: Injecting external solutions
 * into CMA-ES, arXiv 1110.4181. Points from outside only count if they are the best so far: then the mean moves there.
 */
public final class EvolutionStrategy implements Algorithm {

    /** Coordinates with their loss; positive infinity if the evaluation failed. */
    record Scored(double[] coordinates, double loss) {}

    private static final double MIN_STEP = 1e-20;
    private static final double MAX_STEP = 1e9;
    /** A batch without a loss shrinks the step size towards the known good region, but not below this. */
    private static final double MIN_STEP_ON_FAILURE = 1e-3;

    private static final double SHRINK_ON_FAILURE = 0.8;
    private static final double SHRINK_ON_ANCHOR = 0.5;

    /** A batch of equal losses means that steps are too small, up to this step size. */
    private static final double MAX_STEP_ON_TIE = 1;

    private final Latent latent;
    private final Distribution distribution;
    private final int batchSize;
    private final List<Scored> batch = new ArrayList<>();
    private final Averaged means;
    private double[] mean;
    private double step = 1;
    private double bestLoss = Double.POSITIVE_INFINITY;
    /** Whether the mean is a point from outside that no sample since has matched. */
    private boolean anchored;

    private long toldSinceHalving = Long.MAX_VALUE;
    /** Whether a sample in this batch is as good as the point at the mean. */
    private final SequentialCode matches = new SequentialCode(2);
    /** Whether a point from outside is the best so far. */
    private final SequentialCode leads = new SequentialCode(2);

    private final RankCode ranks = new RankCode();
    private double learnedNats;

    /** CMA-ES with batches of the usual size, from ℵ₀. */
    public EvolutionStrategy(Latent latent, Covariance covariance) {
        this(latent, covariance, StrategyConstants.batchSize(latent.dimension()), new double[latent.dimension()]);
    }

    /**
     * CMA-ES.
     *
     * @param batchSize λ, at least 4
     * @param start the first mean, in coordinates
     */
    public EvolutionStrategy(Latent latent, Covariance covariance, int batchSize, double[] start) {
        this(latent, new CovarianceAdaptation(latent, covariance, batchSize), batchSize, start);
    }

    private EvolutionStrategy(Latent latent, Distribution distribution, int batchSize, double[] start) {
        this.latent = latent;
        this.distribution = distribution;
        this.batchSize = batchSize;
        means = new Averaged(start.length);
        mean = start.clone();
    }

    /** LM-MA-ES, for thousands of parameters. */
    public static EvolutionStrategy largeScale(Space space) {
        Latent latent = new Latent(space);
        int batchSize = StrategyConstants.batchSize(latent.dimension());
        Distribution distribution = new LargeScaleDistribution(latent, batchSize);
        return new EvolutionStrategy(latent, distribution, batchSize, new double[latent.dimension()]);
    }

    @Override
    public double[] sample(long number, Generator random) {
        return distribution.sample(mean, step, random);
    }

    @Override
    public void update(Told told) {
        toldSinceHalving += toldSinceHalving < Long.MAX_VALUE ? 1 : 0;
        if (!told.sampled()) {
            learnedNats += leads.nats(told.loss() < bestLoss ? 1 : 0);
        } else if (anchored) {
            anchored = told.loss() > bestLoss;
            learnedNats += matches.nats(anchored ? 0 : 1);
        }
        if (told.sampled()) {
            // Samples asked before the last halving would shrink the step size again.
            if (!anchored || told.lag() < toldSinceHalving) {
                batch.add(new Scored(latent.encode(told.point()), told.loss()));
            }
        } else if (told.loss() < bestLoss) {
            mean = latent.encode(told.point());
            means.clear();
            anchored = true;
            distribution.forgetPaths();
        }
        bestLoss = Math.min(bestLoss, told.loss());
        if (batch.size() >= batchSize) {
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

    /** Whether its distribution no longer allows progress. */
    boolean degenerate() {
        return distribution.degenerate(step);
    }

    @Override
    public double learnedNats(long number) {
        return learnedNats;
    }

    private void learn() {
        batch.sort(Comparator.comparingDouble(Scored::loss));
        double[] losses = batch.stream().mapToDouble(Scored::loss).toArray();
        learnedNats += anchored ? 0 : ranks.nats(losses, distribution.ranks(batchSize));
        Recombination shares = Recombination.of(losses);
        if (anchored) {
            approachAnchor();
        } else if (losses[0] == Double.POSITIVE_INFINITY) {
            step = Math.min(step, Math.max(step * SHRINK_ON_FAILURE, MIN_STEP_ON_FAILURE));
        } else if (shares.selectionMass() == 0) {
            step = Math.max(step, Math.min(step * distribution.growthOnTie(), MAX_STEP_ON_TIE));
        } else {
            double next = step * StrictMath.exp(distribution.learn(batch, mean, step, shares));
            // Without cut steps: the weighted mean of points that were really evaluated.
            mean = shares.weighted(batch.stream().map(Scored::coordinates).toList());
            means.add(mean);
            step = Math.min(Math.max(next, MIN_STEP), MAX_STEP);
        }
    }

    private void approachAnchor() {
        step *= SHRINK_ON_ANCHOR;
        toldSinceHalving = -distribution.tellsBeforeSample();
        if (step < MIN_STEP_ON_FAILURE) {
            anchored = false;
            step = 1;
        }
    }
}
