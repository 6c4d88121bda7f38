package io.afterlearner.asktell.ledger;

import io.afterlearner.asktell.Optimizer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Suggested points that wait for an ask, in the order of arrival. */
final class Suggestions {

    private final Queue<double[]> waiting = new ArrayDeque<>();

    /** @throws IllegalStateException if too many wait */
    void add(double[] point) {
        if (waiting.size() >= Optimizer.MAX_SUGGESTIONS) {
            throw new IllegalStateException(
                    Optimizer.MAX_SUGGESTIONS + " suggestions are waiting; ask for some of them first");
        }
        waiting.add(point);
    }

    /** The oldest suggestion; null if there is none. */
    double @Nullable [] next() {
        return waiting.peek();
    }

    /** Removes the oldest suggestion equal to the point; returns false if there is none. */
    boolean use(double[] point) {
        for (Iterator<double[]> points = waiting.iterator(); points.hasNext(); ) {
            if (Arrays.equals(points.next(), point)) {
                points.remove();
                return true;
            }
        }
        return false;
    }
}
