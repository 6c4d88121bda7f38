package io.afterlearner.feedback.core.statistics;

/**
 * A confidence sequence for means: with probability 1 - alpha, the intervals at all sample sizes contain the true mean at
 * once. So it may be read after every value, and sampling may stop at any time.
 *
 * <p>This is the normal mixture boundary (Robbins 1970; Howard, Ramdas, McAuliffe, Sekhon 2021) with an estimated variance
 * (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas: Time-uniform central limit theory and asymptotic confidence
 * sequences, 2024). Two means are compared by the product of their mixture martingales, minimised over the common mean,
 * so the two samples may grow at different rates.
 *
 * <p>The guarantee is asymptotic. To make it hold early too, and for events so rare that none was seen yet, the variance
 * starts from the range: as if {@link #PRIOR_VALUES_PER_NAT} values per nat of confidence had been half a range off the
 * mean. A range much wider than the values therefore costs samples.
 *
 * @param alpha probability that any interval misses the true mean, in (0, 1)
 */
public record ConfidenceSequence(double alpha) {
    /**
     * Chosen by simulation of rare events: with one prior value in total 1 stream in 7 missed the mean, with this at most
     * 1 in 25.
     */
    static final double PRIOR_VALUES_PER_NAT = 4;
    /** Tuning of the mixture: intervals are tightest at a small multiple of this many values. */
    static final double SPREAD = 50;

    /** Half the width of the interval around a's mean minus ratio times b's mean; infinite if either is empty. */
    public double halfWidth(Moments a, Moments b, double ratio) {
        if (a.count() == 0 || b.count() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double confidence = -StrictMath.log(alpha);
        double variance = mixtureVariance(a, confidence) + ratio * ratio * mixtureVariance(b, confidence);
        return Math.sqrt(2 * variance * (nats(a) + nats(b) + confidence));
    }

    /** The squared standard error of the mean, widened by the mixture. */
    private static double mixtureVariance(Moments moments, double confidence) {
        double n = moments.count();
        double variance = (moments.deviations() + PRIOR_VALUES_PER_NAT * confidence / 4) / n;
        return variance * (n + SPREAD) / (n * n);
    }

    private static double nats(Moments moments) {
        return StrictMath.log((moments.count() + SPREAD) / SPREAD) / 2;
    }
}
