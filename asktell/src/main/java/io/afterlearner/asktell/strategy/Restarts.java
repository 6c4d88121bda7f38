package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.code.SequentialCode;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.design.RandomSearch;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import org.jspecify.annotations.Nullable;

/**
 * Restarts an evolution strategy from a random point with doubled batches when it no longer makes progress (Auger, Hansen: A
 * restart CMA evolution strategy with increasing population size, CEC 2005): a larger batch ignores small valleys. A run ends
 * on {@link Convergence}, or when its distribution degenerates.
 *
 * <p>docs/optimizers.md has what doubling gains over a constant batch size and over BIPOP.
 *
 * <p>Points asked before a restart and told after it are ignored.
 */
public final class Restarts implements Algorithm {

    /** Creates a strategy for each run. */
    public interface Fresh {

        /** @param start where the run starts, a point of the space */
        EvolutionStrategy of(Latent latent, int batchSize, double[] start);
    }

    private static final int MAX_BATCH = 1_000;
    /** The weight of a new batch in the estimated level of the run, under noise. */
    private static final double FRESHNESS = 0.2;

    private final Run run;
    private final Fresh fresh;
    private final Latent latent;
    private int batchSize;
    private EvolutionStrategy current;
    private Convergence convergence;
    private double bestOfAll = Double.POSITIVE_INFINITY;
    private long restarts;
    private long told;
    private double level = Double.POSITIVE_INFINITY;
    /** The recommendation of the finished run with the lowest level. */
    private double @Nullable [] recommendation;

    private double recommendedLevel = Double.POSITIVE_INFINITY;
    private final SequentialCode ends = new SequentialCode(2);
    private final SequentialCode leads = new SequentialCode(2);
    /** What the earlier runs learned, and their ends. */
    private double learnedNats;

    public Restarts(Run run, Fresh fresh) {
        this.run = run;
        this.fresh = fresh;
        latent = new Latent(run.space());
        batchSize = StrategyConstants.batchSize(latent.dimension());
        current = fresh.of(latent, batchSize, run.space().initial());
        convergence = new Convergence(latent.dimension(), batchSize);
    }

    @Override
    public double[] sample(long number, Generator random) {
        return current.sample(number, random);
    }

    @Override
    public void update(Told news) {
        boolean ofThisRun = news.sampled() ? news.lag() <= told : restarts == 0 || leads(news);
        bestOfAll = Math.min(bestOfAll, news.loss());
        if (!ofThisRun) {
            return;
        }
        current.update(news);
        told++;
        if (convergence.add(news.loss())) {
            double median = convergence.median();
            level = level < Double.POSITIVE_INFINITY ? level + FRESHNESS * (median - level) : median;
            restartIfOver();
        }
    }

    private boolean leads(Told news) {
        boolean leads = news.loss() < bestOfAll;
        learnedNats += this.leads.nats(leads ? 1 : 0);
        return leads;
    }

    private void restartIfOver() {
        boolean over = convergence.reached() || current.degenerate();
        learnedNats += ends.nats(over ? 1 : 0);
        if (over) {
            recommendation = recommendation();
            recommendedLevel = Math.min(recommendedLevel, level);
            learnedNats += current.learnedNats(0);
            restarts++;
            batchSize = Math.max(batchSize, Math.min(2 * batchSize, MAX_BATCH));
            double[] elsewhere = new RandomSearch(run.space()).sample(restarts, run.ownGenerator(restarts));
            current = fresh.of(latent, batchSize, elsewhere);
            convergence = new Convergence(latent.dimension(), batchSize);
            level = Double.POSITIVE_INFINITY;
            told = 0;
        }
    }

    /** The recommendation of the run with the lowest level of losses. */
    @Override
    public double @Nullable [] recommendation() {
        return level < recommendedLevel || recommendation == null ? current.recommendation() : recommendation.clone();
    }

    @Override
    public double learnedNats(long number) {
        return learnedNats + current.learnedNats(number);
    }
}
