package io.afterlearner.asktell.contract;

/** Long statistical runs: short in every build, long with {@code -Pthorough}. */
public final class Thorough {

    private static final boolean ON = Boolean.getBoolean("afterlearner.thorough");

    private Thorough() {}

    /** The first number in every build, the second with {@code -Pthorough}. */
    public static int either(int usually, int thorough) {
        return ON ? thorough : usually;
    }
}
