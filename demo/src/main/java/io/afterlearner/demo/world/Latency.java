package io.afterlearner.demo.world;

/** The time that a page takes: a costly ranker behind the model compares each item that the model keeps with each other. */
final class Latency {
    private static final double BASE_MILLIS = 12;
    private static final double PAIR_MILLIS = 0.045;
    private static final double SPREAD = 0.08;

    private Latency() {}

    /** @param gaussian drawn from a standard normal distribution */
    static double millis(int ranked, double gaussian) {
        return (BASE_MILLIS + PAIR_MILLIS * ranked * ranked) * StrictMath.exp(SPREAD * gaussian);
    }
}
