package io.afterlearner.asktell;

import java.util.List;

/**
 * An optimizer for a person who compares points instead of measuring a loss. It shows points. The person picks the best of some
 * of them, or ranks them; any of the last {@link #MAX_SHOWN} points shown can be compared, in any order. The same {@link
 * #asked}, {@link #best} and {@link #ranked} calls give bit-identical state. A call that throws changes nothing. Not
 * thread-safe. Only points that pass {@link Problem#feasible} are shown.
 */
public interface Interactive {

    /** At most this many points are kept. Above it the oldest is dropped with its comparisons, unless it is recommended. */
    int MAX_SHOWN = 200;

    /** At most this many comparisons of two points are kept. */
    int MAX_COMPARISONS = 1_000;

    Space space();

    /**
     * Returns the point that ask {@code number} would show now, and changes nothing: ℵ₀ for number 0, otherwise a sample.
     *
     * @param number 0 or more
     */
    double[] propose(long number);

    /**
     * Registers that {@code number} was shown at {@code point}, which need not come from {@link #propose}.
     *
     * @throws IllegalArgumentException if the number is below 0 or still kept, or the point is not feasible
     */
    void asked(long number, double[] point);

    /** {@link #propose} and {@link #asked} in one call. */
    default double[] ask(long number) {
        double[] point = propose(number);
        asked(number, point);
        return point;
    }

    /**
     * Reports the best point of a set.
     *
     * @param among two or more distinct numbers that are still kept, including {@code best}
     * @throws IllegalArgumentException if {@code among} is anything else
     */
    void best(long best, List<Long> among);

    /**
     * Reports a ranking, best first.
     *
     * @param bestFirst two or more distinct numbers that are still kept
     * @throws IllegalArgumentException if {@code bestFirst} is anything else
     */
    void ranked(List<Long> bestFirst);

    /** The compared point most likely to be preferred to the others; the initial point until a comparison is reported. */
    double[] recommend();
}
