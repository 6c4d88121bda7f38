package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.search.Algorithm.Told;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Occasionally evaluates a point again, to measure how much losses of one point differ. */
final class Repeats {

    /** A repetition that fails is retried up to this many times. */
    private static final int MAX_FAILURES = 3;

    private @Nullable Told first;
    private int wanted;
    private int failures;
    private long asked = Told.NEVER_ASKED;
    private double squares;
    private double count;
    private boolean differ;

    /** Requests repetitions of a point; what is known from other points keeps a weight of 0 to 1. */
    void want(Told told, int times, double kept) {
        first = told;
        wanted = times;
        failures = 0;
        squares *= kept;
        count *= kept;
    }

    /** Whether a repetition is wanted or outstanding. */
    boolean open() {
        return wanted > 0;
    }

    /** The point to repeat next; null if there is none. */
    double @Nullable [] due() {
        return first == null || wanted == 0 || asked != Told.NEVER_ASKED ? null : first.point();
    }

    /** Whether an ask is the repetition that was due; if so, marks it as outstanding. */
    boolean takes(long number, double[] point) {
        double[] due = due();
        if (due == null || !Arrays.equals(point, due)) {
            return false;
        }
        asked = number;
        return true;
    }

    boolean holds(long number) {
        return number > 0 && number == asked;
    }

    void tell(Told told) {
        asked = Told.NEVER_ASKED;
        if (told.failed()) {
            failures++;
            wanted = failures < MAX_FAILURES ? wanted : 0;
        } else if (first != null) {
            double difference = told.loss() - first.loss();
            differ |= difference != 0;
            squares += difference * difference;
            count++;
            wanted = differ ? wanted - 1 : 0;
        }
    }

    /** Whether two losses of one point ever differed. */
    boolean differ() {
        return differ;
    }

    /** The standard deviation of the losses of repeated points; positive infinity before the first repetition. */
    double deviation() {
        return count == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / 2 / count);
    }
}
