package io.afterlearner.asktell.process;

/**
 * Logarithm of the expected improvement of a normal variable below a level (Jones, Schonlau, Welch: Efficient global
 * optimization of expensive black-box functions, Journal of Global Optimization 13, 1998), with its derivatives. The logarithm
 * is needed because far from any improvement the expectation underflows to 0 and gives no direction to climb (Ament and others:
 * Unexpected improvements to expected improvement for Bayesian optimization, NeurIPS 2023).
 *
 * @param perMean derivative with respect to the mean
 * @param perDeviation derivative with respect to the standard deviation
 */
record LogExpectedImprovement(double value, double perMean, double perDeviation) {

    private static final double LOG_ROOT_TWO_PI = 0.9189385332046727;
    private static final double TAIL = -2;
    private static final int TERMS = 60;

    /** @param deviation above 0 */
    static LogExpectedImprovement of(double mean, double deviation, double level) {
        double u = (level - mean) / deviation;
        double logDensity = -0.5 * u * u - LOG_ROOT_TWO_PI;
        return u < TAIL ? tail(-u, logDensity, deviation) : body(u, StrictMath.exp(logDensity), deviation);
    }

    private static LogExpectedImprovement body(double u, double density, double deviation) {
        double below = below(u, density);
        double expected = density + u * below;
        return new LogExpectedImprovement(
                StrictMath.log(deviation * expected), -below / expected / deviation, density / expected / deviation);
    }

    /**
     * With t = −u the probability below u is density / (t + c), where c is a continued fraction (Laplace), so nothing cancels.
     * Above 1e8, c is 1 / t.
     */
    private static LogExpectedImprovement tail(double t, double logDensity, double deviation) {
        double c = 0;
        for (int k = TERMS; k >= 1; k--) {
            c = k / (t + c);
        }
        double value = logDensity + StrictMath.log(c / (t + c)) + StrictMath.log(deviation);
        return new LogExpectedImprovement(value, -1 / c / deviation, (t + c) / c / deviation);
    }

    /** Distribution function of the standard normal, by a series (Marsaglia: Evaluating the normal distribution, 2004). */
    private static double below(double u, double density) {
        if (u > 8) {
            return 1;
        }
        double sum = u;
        double term = u;
        for (int k = 3; k < 400 && sum + term != sum - term; k += 2) {
            term *= u * u / k;
            sum += term;
        }
        return 0.5 + density * sum;
    }
}
