package io.afterlearner.asktell.search;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A search algorithm: a distribution to sample from, which told losses move. The ledger does the rest. */
public interface Algorithm {

    /** A point of the space, sampled for ask {@code number}; only changes the state of {@code random}. */
    double[] sample(long number, Generator random);

    /** The loss that a point sampled now must beat; positive infinity if there is none. */
    default double lossToBeat(long number) {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Notes that a number is outstanding; called before {@link #lossToBeat} is read for it.
     *
     * @param point in the space; must not be modified
     * @param sampled as in {@link Told}
     */
    default void asked(long number, double[] point, boolean sampled) {}

    /** Moves the distribution; uses no random numbers. */
    void update(Told told);

    /** The point to use under noise, if the algorithm knows a better one than the best told point; else null. */
    default double @Nullable [] recommendation() {
        return null;
    }

    /** Which method leads the search now and why, as a clause, if that may change during the search; else empty. */
    default String explanation() {
        return "";
    }

    /** Whether the algorithm repeats points itself under noise; otherwise the ledger does. */
    default boolean repeats() {
        return recommendation() != null;
    }

    /** Like {@link Optimizer#learnedNats}; by default there is no bound. */
    default double learnedNats(long number) {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * @param number the ask it answers; {@link #NEVER_ASKED} for a point from outside
     * @param point in the space; must not be modified
     * @param fingerprint of the point, {@link Vectors#fingerprint}
     * @param loss positive infinity if it failed
     * @param sampled whether {@link Algorithm#sample} made it; false for ℵ₀, suggestions and points never asked
     * @param lag number of other points told between this one's ask and now
     * @param lossToBeat the value of {@link Algorithm#lossToBeat} when it was asked
     * @param constraints values that must not be above 0, as in {@link Outcome.Measured}; empty if it failed. Algorithms ignore
     *     them: the ledger adds them to the loss
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

        /** The same point under another number, with another loss that includes its constraints. */
        public Told seenAs(double otherLoss, long otherLag, double otherLossToBeat) {
            return new Told(number, point, fingerprint, otherLoss, sampled, otherLag, otherLossToBeat, List.of());
        }

        /** -1 if the loss is below the other, 0 if equal, 1 if above or if this point failed. */
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
