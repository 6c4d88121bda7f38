package io.afterlearner.feedback.core.statistics;

/**
 * Whether units reach their arms in the shares they should. Where they don't, exposures are lost or made up in one
 * arm more than in another, and nothing measured can be compared.
 *
 * <p>The sequential multinomial test of Lindon and Malek (Anytime-valid inference for multinomial count data, 2022):
 * the e-value of a Dirichlet mixture around the expected shares, which may be looked at after each unit.
 *
 * @param alpha probability of an alarm, ever, where nothing is wrong; in (0, 1)
 */
public record SampleRatioCheck(double alpha) {
    /**
     * How many units' worth the mixture trusts the expected shares: more finds small losses sooner, and big ones
     * later.
     */
    static final double TRUST = 1000;

    /**
     * @param counts of units, by arm
     * @param shares expected, by arm: each above 0, 1 in all
     */
    public boolean isMismatch(long[] counts, double[] shares) {
        return logEvidence(counts, shares) >= -StrictMath.log(alpha);
    }

    /** Log of the e-value. */
    static double logEvidence(long[] counts, double[] shares) {
        double all = 0;
        double log = 0;
        for (int i = 0; i < counts.length; i++) {
            double prior = TRUST * shares[i];
            log += LogGamma.of(prior + counts[i]) - LogGamma.of(prior) - counts[i] * StrictMath.log(shares[i]);
            all += counts[i];
        }
        return log + LogGamma.of(TRUST) - LogGamma.of(TRUST + all);
    }
}
