package io.afterlearner.demo.world;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What only the simulator knows: the true reward and latency of an ℵ, and the best ℵ. */
public final class Truth {
    private static final int QUERIES = 400;
    private static final int DRAWS = 4;
    private static final int SEARCH = 1_000;
    private static final double TAIL = 0.95;

    private final Ranker ranker;
    private final Catalogue catalogue;
    private final Taste[] users = new Taste[QUERIES];
    private final int[][] found = new int[QUERIES][];
    private final double[] gaussians = new double[QUERIES * DRAWS];
    private final double shippedTail;

    /**
     * @param seed of the users' taste
     * @param drifted whether the taste has drifted
     */
    public Truth(Ranker ranker, Catalogue catalogue, long seed, boolean drifted) {
        this.ranker = ranker;
        this.catalogue = catalogue;
        Taste taste = Taste.of(seed, drifted);
        Random random = new Random(77);
        for (int query = 0; query < QUERIES; query++) {
            users[query] = taste.of(random.nextLong());
            found[query] = catalogue.found(random.nextLong());
        }
        Arrays.setAll(gaussians, i -> random.nextGaussian());
        shippedTail = tail(ranker.scores(ranker.shipped()));
    }

    /** Expected clicks per page of users who are not bots. */
    public double reward(double[] values) {
        Scores scores = ranker.scores(values);
        double sum = 0;
        for (int query = 0; query < QUERIES; query++) {
            int[] shown = scores.page(found[query]).items();
            for (int place = 0; place < shown.length; place++) {
                sum += users[query].chance(catalogue.features()[shown[place]], place);
            }
        }
        return sum / QUERIES;
    }

    /** The 95th percentile of the latency, divided by that of ℵ₀. */
    public double latencyRatio(double[] values) {
        return tail(ranker.scores(values)) / shippedTail;
    }

    private double tail(Scores scores) {
        double[] millis = new double[gaussians.length];
        Arrays.setAll(millis, i -> scores.page(found[i / DRAWS]).millis(gaussians[i]));
        Arrays.sort(millis);
        return millis[(int) (TAIL * millis.length)];
    }

    /**
     * The best ℵ within the latency limit, found by direct search on the true rewards.
     *
     * @param limit maximum {@link #latencyRatio}
     */
    public double[] best(double limit) {
        Optimizer search =
                Optimizers.create("CMA", Problem.of(space(), SEARCH, 1, 1).withNoise(Problem.Noise.NONE));
        for (int n = 0; n < SEARCH; n++) {
            double[] values = search.ask(n);
            double excess = Math.max(0, latencyRatio(values) - limit);
            search.tell(n, new Outcome.Measured(-reward(values) + 10 * excess, Double.NaN));
        }
        return search.best();
    }

    Space space() {
        double[] shipped = ranker.shipped();
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < shipped.length; i++) {
            double range = i < shipped.length - 1 ? Ranker.HEAD_RANGE : Ranker.THRESHOLD_RANGE;
            parameters.add(new Parameter.Real("p" + i, -range, range, false, shipped[i], Double.NaN));
        }
        return new Space(parameters);
    }
}
