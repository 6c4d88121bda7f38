package io.afterlearner.asktell.search;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way to search: a distribution to sample from, moved by what is told. The ledger does the rest. */
public interface Algorithm {

    /** A point of the space, sampled for ask {@code number}; changes nothing but the generator. */
    double[] sample(long number, Generator random);

    /** The loss that a point sampled now has to beat; positive infinity where nothing was told yet or nothing compares. */
    default double lossToBeat(long number) {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Notes that a number is outstanding; before {@link #lossToBeat} is asked for it.
     *
     * @param point in the space; not to be written to
     * @param sampled as in {@link Told}
     */
    default void asked(long number, double[] point, boolean sampled) {}

    /** Moves the distribution; draws no randomness. */
    void update(Told told);

    /** The point to use under noise, where the algorithm knows a better one than the best of what was told. */
    default double @Nullable [] recommendation() {
        return null;
    }

    /** What leads the search now, and why, where that changes on the way: a clause; else empty. */
    default String explanation() {
        return "";
    }

    /** Whether it asks again by itself where losses of one point differ; else the ledger does so for it. */
    default boolean repeats() {
        return recommendation() != null;
    }

    /** As {@link Optimizer#learnedNats}; unless an algorithm says otherwise, it may have learned anything. */
    default double learnedNats(long number) {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * A point with its loss.
     *
     * @param number the ask it answers; {@link #NEVER_ASKED} for a point from outside
     * @param point in the space; not to be written to
     * @param fingerprint of the point, {@link Vectors#fingerprint}
     * @param loss positive infinity where it failed
     * @param sampled whether {@link Algorithm#sample} made it; false for ℵ₀, suggestions and points never asked
     * @param lag how many others were told between this one's ask and now
     * @param lossToBeat what {@link Algorithm#lossToBeat} was when it was asked
     * @param constraints values that must not be above 0, as in {@link Outcome.Measured}; empty where it failed. Algorithms
     *     ignore them: the ledger adds them to the loss
     */
    record Told(
            long number,
            double[] point,
            long fingerprint,
            double loss,
            boolean sampled,
            long lag,
            double lossToBeat,
            List<Double> constraints) {

        public static final long NEVER_ASKED = -1;

        public Told(long number, double[] point, double loss, boolean sampled, long lag, double lossToBeat) {
            this(number, point, Vectors.fingerprint(point), loss, sampled, lag, lossToBeat, List.of());
        }

        /** The same point as another number shows it, its constraints part of that. */
        public Told seenAs(double otherLoss, long otherLag, double otherLossToBeat) {
            return new Told(number, point, fingerprint, otherLoss, sampled, otherLag, otherLossToBeat, List.of());
        }

        /** -1 where the loss is below another, 0 where they are equal, 1 where it is above or this failed. */
        public int against(double other) {
            return failed() ? 1 : loss < other ? -1 : loss == other ? 0 : 1;
        }

        public boolean feasible() {
            return !failed() && constraints.stream().allMatch(value -> value <= 0);
        }

        public boolean failed() {
            return loss == Double.POSITIVE_INFINITY;
        }
    }
}
