package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.strategy.EvolutionStrategy.Scored;
import java.util.List;

/**
 * LM-MA-ES, for thousands of parameters (Loshchilov, Glasmachers, Beyer 2019; see {@link LimitedMemory}): uses about 4 + 3 ln d
 * vectors of d numbers in time and memory.
 */
final class LargeScaleDistribution implements Distribution {

    private static final double GROW_ON_TIE = 1.2;
    /** In standard deviations; where a coordinate jumps, rounding may lengthen a step arbitrarily. */
    private static final double MAX_JUMP = 2;

    private final Latent latent;
    private final LimitedMemory memory;
    private final double pathRate;
    private final double[] path;

    LargeScaleDistribution(Latent latent, int batchSize) {
        this.latent = latent;
        int dimension = latent.dimension();
        memory = new LimitedMemory(dimension, batchSize, batchSize);
        pathRate = Math.min(0.5, 2.0 * batchSize / dimension);
        path = new double[dimension];
    }

    @Override
    public double[] sample(double[] mean, double step, Generator random) {
        double[] coordinates = random.gaussians(mean.length);
        memory.color(coordinates);
        Vectors.moveFrom(mean, step, coordinates);
        return latent.decodeShaken(coordinates, random);
    }

    @Override
    public double learn(List<Scored> batch, double[] mean, double step, Recombination shares) {
        double[] least = latent.leastDeviation(mean);
        double[] move = new double[mean.length];
        for (int k = 0; k < batch.size() && shares.weights()[k] > 0; k++) {
            double[] noise = noise(batch.get(k).coordinates(), mean, step, least);
            Vectors.addMultiple(shares.weights()[k], noise, move);
        }
        memory.learn(move, shares.selectionMass());
        double factor = Math.sqrt(shares.selectionMass() * pathRate * (2 - pathRate));
        Vectors.blend(1 - pathRate, path, factor, move);
        double excess = Vectors.dot(path, path) / path.length - 1;
        return Math.min(1, pathRate / 2 * excess);
    }

    /** The noise that would give these coordinates now, cut to a likely length. */
    private double[] noise(double[] coordinates, double[] mean, double step, double[] least) {
        double[] noise = new double[mean.length];
        for (int i = 0; i < noise.length; i++) {
            double off = (coordinates[i] - mean[i]) / step;
            noise[i] = least[i] > 0 ? Math.min(Math.max(off, -MAX_JUMP), MAX_JUMP) : off;
        }
        memory.whiten(noise);
        double n = noise.length;
        double factor = (Math.sqrt(n) + 2 * n / (n + 2)) / Vectors.norm(noise);
        for (int i = 0; factor < 1 && i < noise.length; i++) {
            noise[i] *= factor;
        }
        return noise;
    }

    @Override
    public void forgetPaths() {
        // The path holds whitened moves, which are alike around any mean.
    }

    @Override
    public boolean degenerate(double step) {
        return false;
    }

    @Override
    public double growthOnTie() {
        return GROW_ON_TIE;
    }

    /** The worse half has no weight, so its order does not matter. */
    @Override
    public int ranks(int batchSize) {
        return batchSize / 2;
    }

    @Override
    public int tellsBeforeSample() {
        return 0;
    }
}
