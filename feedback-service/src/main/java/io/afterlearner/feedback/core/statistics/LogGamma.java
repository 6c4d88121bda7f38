package io.afterlearner.feedback.core.statistics;

/** The logarithm of the gamma function: Stirling's series, after the recurrence has made the argument large enough. */
final class LogGamma {
    private static final double HALF_LOG_TWO_PI = StrictMath.log(2 * Math.PI) / 2;
    /** From here on, the error of the truncated series is below the resolution of a double. */
    private static final double LARGE = 16;

    private LogGamma() {}

    /**
     * @param x above 0
     */
    static double of(double x) {
        double log = 0;
        double large = x;
        while (large < LARGE) {
            log -= StrictMath.log(large);
            large++;
        }
        return log + (large - 0.5) * StrictMath.log(large) - large + HALF_LOG_TWO_PI + series(large);
    }

    private static double series(double x) {
        double square = 1 / (x * x);
        return (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188)))) / x;
    }
}
