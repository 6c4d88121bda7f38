package io.afterlearner.feedback.core.statistics;

/**
 * Detects that exposures of two arms do not have a value equally often: then values are lost in one of them, or units decide whether
 * they report, and the values of the two cannot be compared. It may be read after each exposure.
 *
 * <p>If both arms report equally often, values, and missing values, are divided among the arms as exposures are. Both are tested like
 * the sample ratio ({@link SampleRatioCheck}). Among a finite number of exposures they vary less than that test expects, so false alarms
 * are rarer than alpha.
 *
 * @param alpha probability of ever raising a false alarm, in (0, 1)
 */
public record ReportRateCheck(double alpha) {
    /** Missing values are few where nearly all exposures have one, so large differences matter. */
    private static final double MISSING_CONCENTRATION = 20;

    /**
     * @param values exposures with a value
     * @param otherValues the same of the other arm
     */
    public boolean isDifferent(long exposures, long values, long otherExposures, long otherValues) {
        if (exposures <= 0 || otherExposures <= 0) {
            return false;
        }
        double share = exposures / (double) (exposures + otherExposures);
        double[] shares = {share, 1 - share};
        long[] missing = {Math.max(0, exposures - values), Math.max(0, otherExposures - otherValues)};
        double limit = -StrictMath.log(alpha / 2);
        return SampleRatioCheck.logEvidence(missing, shares, MISSING_CONCENTRATION) >= limit
                || SampleRatioCheck.logEvidence(
                                new long[] {values, otherValues}, shares, SampleRatioCheck.CONCENTRATION)
                        >= limit;
    }
}
