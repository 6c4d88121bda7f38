package io.afterlearner.asktell.contract;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;

/** Statistical runs: short by default, long with {@code -Pthorough}. */
public final class Thorough {

    private static final boolean ON = Boolean.getBoolean("afterlearner.thorough");

    private Thorough() {}

    /** Fewer asks by default where each of them takes a Gaussian process milliseconds; enough for each run to leave its design. */
    public static int asks(String name, Problem problem, int asks) {
        boolean slow = Optimizers.choose(name, problem).name().equals("BO");
        return slow ? either(Math.min(asks, problem.runs() * Math.max(30, asks / 10)), asks) : asks;
    }

    /** Returns the first number by default, the second with {@code -Pthorough}. */
    public static int either(int usually, int thorough) {
        return ON ? thorough : usually;
    }
}
