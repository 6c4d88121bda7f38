package io.afterlearner.asktell;

import java.util.List;

/** The catalogue of algorithms by name. */
public final class Optimizers {

    private Optimizers() {}

    /** Names {@link #create} knows, {@code auto} first. */
    public static List<String> names() {
        return List.of();
    }

    /**
     * A fresh optimizer.
     *
     * @param name one of {@link #names}
     * @param budget how many asks are planned, at least 1; a hint, never a limit
     * @param parallelism how many points will be outstanding at once, at least 1; a hint, never a limit
     * @param seed seed of all randomness
     * @throws IllegalArgumentException if the name is unknown or the space does not suit it, with a sentence that says so
     */
    public static Optimizer create(String name, Space space, long budget, int parallelism, long seed) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("no optimizer is called " + name);
        }
        throw new IllegalStateException(name);
    }
}
