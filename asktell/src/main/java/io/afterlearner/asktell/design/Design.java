package io.afterlearner.asktell.design;

import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;

/**
 * The first points of a model: one step along each coordinate from the best point so far, then a second step along each:
 * further on if the first was better, else to the other side.
 */
public final class Design {

    private final int size;
    private final double[] from;
    private final double[] to;
    private int next;

    /** @param size number of points, at most two per coordinate */
    public Design(int dimension, int size) {
        this.size = size;
        from = new double[dimension];
        to = new double[dimension];
    }

    public boolean open() {
        return next < size;
    }

    public void restart() {
        next = 0;
    }

    public double[] step(double[] centre, Latent.Bounds bounds, double length, Generator random) {
        int i = next % centre.length;
        double[] step = new double[centre.length];
        if (next < centre.length) {
            step[i] = random.uniform() < 0.5 ? length : -length;
        } else {
            boolean moved = Math.abs(centre[i] - to[i]) < Math.abs(centre[i] - from[i]);
            step[i] = moved ? to[i] - from[i] : from[i] - to[i];
        }
        double target = bounds.clamped(i, centre[i] + step[i]);
        if (target == centre[i]) {
            target = bounds.clamped(i, centre[i] - step[i]);
        }
        step[i] = target - centre[i];
        return step;
    }

    public void asked(double[] centre, double[] at) {
        int i = next % centre.length;
        if (next < centre.length) {
            from[i] = centre[i];
            to[i] = at[i];
        }
        next++;
    }
}
