package io.afterlearner.asktell.mutation;

import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Outstanding;
import io.afterlearner.asktell.search.Run;
import java.util.Arrays;

/**
 * (1+1) evolutionary algorithm for choices that screens children before they are asked (Ulmer, Streichert, Zell: Evolution
 * strategies assisted by gaussian processes with improved pre-selection criterion, CEC 2003). It draws several {@link
 * Mutation}s of the best point, with heavy-tailed numbers of mutations, and skips points recently told or outstanding. It asks
 * the one with the lowest optimistic prediction of a {@link Likeness} fitted to the latest points. Every third child is not
 * screened, so that the search still works if the model predicts badly.
 */
public final class ScreenedOnePlusOne implements Algorithm {

    private static final int CHILDREN = 24;
    /** If nearly all neighbours are known, so many more are drawn to find unknown ones. */
    private static final int MAX_DRAWN = 200;

    private static final int UNSCREENED_ONE_IN = 3;
    /** Standard deviations of the prediction that count in a child's favour. */
    private static final double OPTIMISM = 1;

    private final Run run;
    private final Mutation mutation;
    private final MutationRate rate;
    private final Likeness likeness = new Likeness();
    private final Outstanding<double[]> pending = new Outstanding<>();

    private double[] parent;
    private double parentLoss = Double.POSITIVE_INFINITY;

    public ScreenedOnePlusOne(Run run) {
        this.run = run;
        mutation = new Mutation(run.space());
        rate = MutationRate.heavyTailed(Math.max(1, mutation.movable()));
        parent = run.space().initial();
    }

    @Override
    public double[] sample(long number, Generator random) {
        long turn = run.turn(number);
        int children = turn % UNSCREENED_ONE_IN == UNSCREENED_ONE_IN - 1 ? 1 : CHILDREN;
        double[] choice = mutation.child(parent, rate.at(turn, random), random);
        double lowest = Double.POSITIVE_INFINITY;
        int fresh = 0;
        for (int k = 0; k < MAX_DRAWN && fresh < children; k++) {
            double[] child = mutation.child(parent, rate.at(turn, random), random);
            if (isKnown(child)) {
                continue;
            }
            fresh++;
            double low = likeness.low(child, OPTIMISM);
            if (low < lowest) {
                lowest = low;
                choice = child;
            }
        }
        return choice;
    }

    private boolean isKnown(double[] point) {
        return likeness.holds(point) || pending.all().stream().anyMatch(other -> Arrays.equals(other, point));
    }

    @Override
    public void asked(long number, double[] point, boolean sampled) {
        pending.add(number, point);
    }

    @Override
    public void update(Told told) {
        pending.remove(told.number());
        if (told.failed()) {
            return;
        }
        if (told.loss() <= parentLoss) {
            parent = told.point();
            parentLoss = told.loss();
        }
        likeness.add(told.point(), told.loss());
    }
}
