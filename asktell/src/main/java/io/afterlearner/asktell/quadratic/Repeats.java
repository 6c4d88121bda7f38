package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.search.Algorithm.Told;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Evaluates a point again, now and then, to see how far losses of one point differ. */
final class Repeats {

    /** A repetition that fails is asked again, up to so many times. */
    private static final int MOST_FAILURES = 3;

    private @Nullable Told first;
    private int wanted;
    private int failures;
    private long asked = Told.NEVER_ASKED;
    private double squares;
    private double count;
    private boolean differ;

    /**
     * Evaluates a point again, so many times.
     *
     * @param kept how much of what is known of other points goes on to count, 0 to 1
     */
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

    /** The point to ask next, if one is to be repeated. */
    double @Nullable [] due() {
        return first == null || wanted == 0 || asked != Told.NEVER_ASKED ? null : first.point();
    }

    /** Whether an ask is the repetition that was due. */
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
            wanted = failures < MOST_FAILURES ? wanted : 0;
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

    /** Standard deviation of the losses of the point repeated last; positive infinity where none was. */
    double deviation() {
        return count == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / 2 / count);
    }
}
