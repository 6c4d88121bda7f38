package io.afterlearner.examples.online;

/** How long a page takes: a costly ranker stands behind the model, and each item that the model keeps goes through it. */
final class Latency {
    private static final double BASE_MILLIS = 12;
    private static final double ITEM_MILLIS = 1.5;
    private static final double SPREAD = 0.08;

    private Latency() {}

    /** @param gaussian drawn from a standard normal distribution */
    static double millis(int ranked, double gaussian) {
        return (BASE_MILLIS + ITEM_MILLIS * ranked) * StrictMath.exp(SPREAD * gaussian);
    }
}
