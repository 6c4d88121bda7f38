package io.afterlearner.evaluation.score;

/** Quantiles of the normal distribution and of Student's t. */
final class Quantiles {
    /** Normal; half of the 5 % that a 95 % interval misses lies above it. */
    static final double TWO_SIDED_95 = 1.959963984540054;
    /** Normal; for a power of 80 %. */
    static final double POWER_80 = 0.8416212335729143;

    private Quantiles() {}

    /**
     * The quantile of Student's t that belongs to a normal one, by the expansion in 1 / freedom. Four digits are right from
     * 20 degrees of freedom on.
     *
     * @see <a href="https://personal.math.ubc.ca/~cbm/aands/page_949.htm">Abramowitz and Stegun, 26.7.5</a>
     */
    static double student(double normal, double freedom) {
        double z = normal;
        double first = (Math.pow(z, 3) + z) / 4;
        double second = (5 * Math.pow(z, 5) + 16 * Math.pow(z, 3) + 3 * z) / 96;
        double third = (3 * Math.pow(z, 7) + 19 * Math.pow(z, 5) + 17 * Math.pow(z, 3) - 15 * z) / 384;
        return z + first / freedom + second / (freedom * freedom) + third / Math.pow(freedom, 3);
    }
}
