package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.code.SequentialCode;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.search.Algorithm;

/**
 * (1+1) evolution strategy with the one-fifth success rule (Rechenberg 1973, in the multiplicative form of Kern et al.,
 * Learning probability distributions in continuous evolutionary algorithms, 2004): adds Gaussian noise to the parent; a child
 * at least as good replaces it.
 *
 * <p>With many points outstanding, a success or failure refers to an older step size, and reacting fully to each would
 * overshoot. So the greater the lag of a tell, the less it changes the step size. A success must beat the parent at the time of
 * the ask: progress by others in the meantime says nothing about its step.
 */
public final class OnePlusOne implements Algorithm {

    private static final double GROW = StrictMath.log(2);
    /** Keeps the step size at one success per four failures. */
    private static final double SHRINK = GROW / 4;

    /** Equal losses grow the step, because it is too small to matter; after many in a row they are ignored. */
    private static final double GROW_ON_TIE = GROW / 4;

    private static final double LAG_THAT_HALVES = 8;
    private static final double MIN_LOG_STEP = StrictMath.log(1e-20);
    private static final double MAX_LOG_STEP = StrictMath.log(1e9);

    private final Latent latent;
    private double[] parent;
    private double parentLoss = Double.POSITIVE_INFINITY;
    private double logStep;
    /** Whether the child replaces the parent, and how it compares with the loss to beat. */
    private final SequentialCode code = new SequentialCode(6);

    private double learnedNats;

    public OnePlusOne(Space space) {
        latent = new Latent(space);
        parent = new double[latent.dimension()];
    }

    @Override
    public double[] sample(long number, Generator random) {
        double step = StrictMath.exp(logStep);
        if (latent.jumps()) {
            return latent.decode(latent.around(parent, step, random));
        }
        double[] coordinates = random.gaussians(parent.length);
        Vectors.moveFrom(parent, step, coordinates);
        return latent.decodeOver(coordinates);
    }

    @Override
    public double lossToBeat(long number) {
        return parentLoss;
    }

    @Override
    public void update(Told told) {
        int comparison = comparison(told);
        boolean replaces = !told.failed() && told.loss() <= parentLoss;
        learnedNats += code.nats(comparison + (replaces ? 4 : 1));
        if (told.sampled()) {
            double gain = 1 / (1 + told.lag() / LAG_THAT_HALVES);
            double next = logStep + gain * stepChange(comparison);
            logStep = Math.min(Math.max(next, MIN_LOG_STEP), MAX_LOG_STEP);
        }
        if (replaces) {
            parent = latent.encode(told.point());
            parentLoss = told.loss();
        }
    }

    /** -1 if it beats the loss to beat, 0 if it equals it, 1 otherwise. */
    private int comparison(Told told) {
        double toBeat = told.lossToBeat() == Double.POSITIVE_INFINITY ? parentLoss : told.lossToBeat();
        return told.against(toBeat);
    }

    private double stepChange(int comparison) {
        return switch (comparison) {
            case -1 -> GROW;
            case 0 -> Math.min(GROW_ON_TIE, Math.max(0, -logStep));
            default -> -SHRINK;
        };
    }

    @Override
    public double learnedNats(long number) {
        return learnedNats;
    }
}
