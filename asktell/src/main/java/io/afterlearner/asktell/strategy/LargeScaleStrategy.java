package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.Space;
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
 * LM-MA-ES, an evolution strategy for thousands of parameters (Loshchilov, Glasmachers, Beyer 2019; see {@link LimitedMemory}):
 * uses about 4 + 3 ln d vectors of d numbers in time and memory.
 *
 * <p>Steady state, like {@link EvolutionStrategy}: a batch may hold any told points, whitened by the current distribution, and
 * steps longer than it would make are cut (Hansen, arXiv 1110.4181). Points from outside only count if they are the best so
 * far: then the mean moves there, and each batch with no equally good sample halves the step size, down to a thousandth.
 */
public final class LargeScaleStrategy implements Algorithm {

    private static final double LEAST_STEP = 1e-20;
    private static final double GREATEST_STEP = 1e9;
    private static final double LEAST_STEP_ON_ANCHOR = 1e-3;
    private static final double SHRINK_ON_FAILURE = 0.8;
    private static final double SHRINK_ON_ANCHOR = 0.5;
    private static final double GROW_ON_TIE = 1.2;
    private static final double GREATEST_STEP_ON_TIE = 1;
    /** In standard deviations; where a coordinate jumps, rounding may lengthen a step arbitrarily. */
    private static final double LONGEST_JUMP = 2;

    private final Latent latent;
    private final LimitedMemory memory;
    private final int batchSize;
    private final double pathRate;
    private final List<Scored> batch = new ArrayList<>();
    private final double[] path;
    private final Averaged means;
    private double[] mean;
    private double step = 1;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private boolean anchored;
    private long toldSinceHalving = Long.MAX_VALUE;
    /** Whether a sample in this batch is as good as the point at the mean. */
    private final SequentialCode matches = new SequentialCode(2);
    /** Whether a point from outside is the best so far. */
    private final SequentialCode leads = new SequentialCode(2);

    private final RankCode ranks = new RankCode();
    private double learnedNats;

    public LargeScaleStrategy(Space space) {
        latent = new Latent(space);
        int dimension = latent.dimension();
        batchSize = 4 + (int) (3 * StrictMath.log(dimension));
        memory = new LimitedMemory(dimension, batchSize, batchSize);
        pathRate = Math.min(0.5, 2.0 * batchSize / dimension);
        path = new double[dimension];
        means = new Averaged(dimension);
        mean = new double[dimension];
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] coordinates = random.gaussians(mean.length);
        memory.color(coordinates);
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = mean[i] + step * coordinates[i];
        }
        return latent.decodeShaken(coordinates, random);
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
        }
        bestLoss = Math.min(bestLoss, told.loss());
        if (batch.size() >= batchSize) {
            learn();
            batch.clear();
        }
    }

    /** Null while the mean is a single point from outside; else an average of recent means. */
    @Override
    public double @Nullable [] recommendation() {
        return anchored || means.isEmpty() ? null : latent.decode(means.point());
    }

    @Override
    public double learnedNats(long number) {
        return learnedNats;
    }

    private void learn() {
        batch.sort(Comparator.comparingDouble(Scored::loss));
        double[] losses = batch.stream().mapToDouble(Scored::loss).toArray();
        // The worse half has no weight, so its order does not matter.
        learnedNats += anchored ? 0 : ranks.nats(losses, batchSize / 2);
        Recombination shares = Recombination.of(losses);
        if (anchored) {
            approachAnchor();
        } else if (batch.get(0).loss() == Double.POSITIVE_INFINITY) {
            step = Math.min(step, Math.max(step * SHRINK_ON_FAILURE, LEAST_STEP_ON_ANCHOR));
        } else if (shares.selectionMass() == 0) {
            step = Math.max(step, Math.min(step * GROW_ON_TIE, GREATEST_STEP_ON_TIE));
        } else {
            learn(shares);
        }
    }

    private void approachAnchor() {
        step *= SHRINK_ON_ANCHOR;
        toldSinceHalving = 0;
        if (step < LEAST_STEP_ON_ANCHOR) {
            anchored = false;
            step = 1;
        }
    }

    private void learn(Recombination shares) {
        double[] least = latent.leastDeviation(mean);
        double[] next = new double[mean.length];
        double[] move = new double[mean.length];
        for (int k = 0; k < batch.size() && shares.weights()[k] > 0; k++) {
            double[] coordinates = batch.get(k).coordinates();
            Vectors.addMultiple(shares.weights()[k], coordinates, next);
            Vectors.addMultiple(shares.weights()[k], noise(coordinates, least), move);
        }
        mean = next;
        means.add(mean);
        memory.learn(move, shares.selectionMass());
        double factor = Math.sqrt(shares.selectionMass() * pathRate * (2 - pathRate));
        for (int i = 0; i < path.length; i++) {
            path[i] = (1 - pathRate) * path[i] + factor * move[i];
        }
        double excess = Vectors.dot(path, path) / path.length - 1;
        step *= StrictMath.exp(Math.min(1, pathRate / 2 * excess));
        step = Math.min(Math.max(step, LEAST_STEP), GREATEST_STEP);
    }

    /** The noise that would give these coordinates now, cut to a likely length. */
    private double[] noise(double[] coordinates, double[] least) {
        double[] noise = new double[mean.length];
        for (int i = 0; i < noise.length; i++) {
            double off = (coordinates[i] - mean[i]) / step;
            noise[i] = least[i] > 0 ? Math.min(Math.max(off, -LONGEST_JUMP), LONGEST_JUMP) : off;
        }
        memory.whiten(noise);
        double n = noise.length;
        double factor = (Math.sqrt(n) + 2 * n / (n + 2)) / Vectors.norm(noise);
        for (int i = 0; factor < 1 && i < noise.length; i++) {
            noise[i] *= factor;
        }
        return noise;
    }
}
