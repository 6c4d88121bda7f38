package io.afterlearner.asktell;

import java.util.function.Function;

/**
 * Starts a search anew from a random point when it no longer gets anywhere, as local restarts in BIPOP-CMA-ES do (Hansen:
 * Benchmarking a BI-population CMA-ES on the BBOB-2009 function testbed, GECCO 2009), the batches staying as small as they
 * are: at a few thousand asks many short searches see more valleys than a few with big batches.
 *
 * <p>It got nowhere if over as many tells as {@link #patience} its best loss fell by less than {@link #LEAST_GAIN} of how
 * much it had fallen before. Points asked before a restart and told after it teach nothing.
 */
final class Restarts implements Algorithm {

    private static final double LEAST_GAIN = 1e-9;

    private final Plan plan;
    private final Function<Plan, Algorithm> fresh;
    private final long patience;
    private Algorithm current;
    private double bestOfAll = Double.POSITIVE_INFINITY;
    private long restarts;
    private long told;
    private double firstLoss;
    private double best;
    private double bestBefore;
    private final SequentialCode stops = new SequentialCode(2);
    private final SequentialCode leads = new SequentialCode(2);
    /** Of what was learned before the current run. */
    private double learnedNats;

    Restarts(Plan plan, Function<Plan, Algorithm> fresh) {
        this.plan = plan;
        this.fresh = fresh;
        patience = 100 + 10L * plan.space().dimension();
        current = fresh.apply(plan);
        forget();
    }

    private void forget() {
        told = 0;
        firstLoss = Double.POSITIVE_INFINITY;
        best = Double.POSITIVE_INFINITY;
        bestBefore = Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] sample(long number, Generator random) {
        return current.sample(number, random);
    }

    @Override
    public double lossToBeat(long number) {
        return current.lossToBeat(number);
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
        firstLoss = firstLoss == Double.POSITIVE_INFINITY ? news.loss() : firstLoss;
        best = Math.min(best, news.loss());
        if (told % patience == 0) {
            restartIfStuck();
        }
    }

    private boolean leads(Told news) {
        boolean leads = news.loss() < bestOfAll;
        learnedNats += this.leads.nats(leads ? 1 : 0);
        return leads;
    }

    /** When it starts anew is learned, too. */
    @Override
    public double learnedNats(long number) {
        return learnedNats + current.learnedNats(number);
    }

    private void restartIfStuck() {
        boolean stuck = told > patience && !(bestBefore - best > LEAST_GAIN * (firstLoss - bestBefore));
        bestBefore = best;
        learnedNats += stops.nats(stuck ? 1 : 0);
        if (stuck) {
            restarts++;
            learnedNats += current.learnedNats(0);
            current = fresh.apply(elsewhere());
            forget();
        }
    }

    private Plan elsewhere() {
        Generator random = plan.ownGenerator(restarts);
        double[] start = new RandomSearch(plan.space()).sample(restarts, random);
        return plan.in(plan.space().startingAt(start));
    }
}
