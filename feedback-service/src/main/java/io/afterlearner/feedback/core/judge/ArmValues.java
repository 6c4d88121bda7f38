package io.afterlearner.feedback.core.judge;

import java.util.List;

/**
 * A candidate that is served.
 *
 * @param number the candidate; 0 is ℵ₀
 * @param values its ℵ vector
 * @param sinceMillis when it was first served, epoch milliseconds
 */
public record ArmValues(long number, List<Double> values, long sinceMillis) {

    public ArmValues {
        values = List.copyOf(values);
    }

    ArmValues since(long atMillis) {
        return new ArmValues(number, values, atMillis);
    }

    boolean isSame(ArmValues other) {
        return values.equals(other.values);
    }
}
