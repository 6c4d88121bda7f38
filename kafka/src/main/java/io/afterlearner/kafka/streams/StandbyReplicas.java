package io.afterlearner.kafka.streams;

/** How many further instances keep the state of each partition, as a user sets it. */
public final class StandbyReplicas {
    private static final int MAX = 10;

    private StandbyReplicas() {}

    /** @throws IllegalArgumentException if it is out of range; the message names the setting */
    public static void require(String setting, int replicas) {
        if (replicas < 0 || replicas > MAX) {
            throw new IllegalArgumentException(
                    setting + " is " + replicas + "; set it to the number of standby replicas, 0 to " + MAX);
        }
    }
}
