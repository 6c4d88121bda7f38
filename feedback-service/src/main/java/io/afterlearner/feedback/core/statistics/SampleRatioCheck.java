package io.afterlearner.feedback.core.statistics;

/**
 * Sample ratio mismatch: detects that units do not reach the arms in the configured shares. Then one arm loses or invents
 * more exposures than another, and their measurements cannot be compared.
 *
 * <p>This is the sequential multinomial test of Lindon and Malek (Anytime-valid inference for multinomial count data,
 * 2022): the e-value of a Dirichlet mixture around the expected shares. It may be read after each unit.
 *
 * @param alpha probability of ever raising a false alarm, in (0, 1)
 */
public record SampleRatioCheck(double alpha) {
    /** Concentration of the mixture, in units: a larger value detects small losses sooner and large ones later. */
    static final double CONCENTRATION = 1000;

    /**
     * @param counts units per arm
     * @param shares expected share per arm: each above 0, with a sum of 1
     */
    public boolean isMismatch(long[] counts, double[] shares) {
        return logEvidence(counts, shares, CONCENTRATION) >= -StrictMath.log(alpha);
    }

    /** Log of the e-value against the expected shares. */
    static double logEvidence(long[] counts, double[] shares, double concentration) {
        double total = 0;
        double log = 0;
        for (int i = 0; i < counts.length; i++) {
            double prior = concentration * shares[i];
            log += LogGamma.of(prior + counts[i]) - LogGamma.of(prior) - counts[i] * StrictMath.log(shares[i]);
            total += counts[i];
        }
        return log + LogGamma.of(concentration) - LogGamma.of(concentration + total);
    }
}
