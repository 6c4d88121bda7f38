package io.afterlearner.kafka.rights;

import io.afterlearner.schemas.cluster.Right;

/**
 * A right that a process needs and does not have.
 *
 * @param hidden whether Kafka refuses even to tell whether the resource exists
 */
record Missing(Right right, boolean hidden) implements Comparable<Missing> {
    private static final String FIX =
            "grant it to the user of this process; ./afterlearner topics acls prints the commands";

    /** What is wrong and how to fix it. */
    String line() {
        return "Kafka: the right to " + right + " is missing"
                + (hidden ? ", and without it Kafka does not tell whether the " + right.typeName() + " exists; " : "; ")
                + FIX;
    }

    @Override
    public int compareTo(Missing other) {
        return right.compareTo(other.right);
    }
}
