package io.afterlearner.observability.promql;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a part of a query gives.
 *
 * @param labels that its series may have; empty for a number
 * @param isRange whether it is a range vector
 * @param isCounter whether it is a bare counter, which only makes sense as a rate
 */
record Value(Set<String> labels, boolean isRange, boolean isCounter) {
    static final Value NUMBER = new Value(Set.of(), false, false);

    static Value vector(Set<String> labels) {
        return new Value(labels, false, false);
    }

    static Value joined(Value left, Value right) {
        Set<String> all = new TreeSet<>(left.labels);
        all.addAll(right.labels);
        return vector(all);
    }
}
