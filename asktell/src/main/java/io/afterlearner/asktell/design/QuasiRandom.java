package io.afterlearner.asktell.design;

import io.afterlearner.asktell.coordinates.Quantiles;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import java.util.Arrays;

/**
 * One-shot search: a low-discrepancy sequence, mapped to the space by the quantiles of each parameter. Suits many parallel
 * points before anything is known about them.
 */
public final class QuasiRandom implements Algorithm {

    /** A randomised low-discrepancy sequence: each single point is uniform. */
    interface Sequence {

        /** A coordinate of a point, strictly between 0 and 1. */
        double at(long index, int coordinate);
    }

    private final Run run;
    private final Quantiles quantiles;
    private final Sequence sequence;

    public QuasiRandom(Run run, Sequence sequence) {
        this.run = run;
        this.sequence = sequence;
        quantiles = new Quantiles(run.space());
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] point = new double[run.space().dimension()];
        Arrays.setAll(point, i -> quantiles.value(i, sequence.at(run.turn(number), i)));
        return point;
    }

    @Override
    public void update(Told told) {
        // The sequence does not depend on told losses.
    }

    @Override
    public double learnedNats(long number) {
        return 0;
    }
}
