package io.afterlearner.asktell.contract;

/** Statistical runs: short by default, long with {@code -Pthorough}. */
public final class Thorough {

    private static final boolean ON = Boolean.getBoolean("afterlearner.thorough");

    private Thorough() {}

    /** Returns the first number by default, the second with {@code -Pthorough}. */
    public static int either(int usually, int thorough) {
        return ON ? thorough : usually;
    }
}
