package io.afterlearner.feedback.core.statistics;

import java.util.List;

/**
 * Sample ratio of all candidates together, over the life of a study: detects losses that are too small to see with one candidate.
 *
 * <p>Candidates in several slots have the same control, so each counts control's exposures divided by the number of slots. With all slots
 * taken, that is the likelihood of all exposures by their shares; with fewer, it is at most that, because a power below 1 of a likelihood
 * ratio has a smaller mean. An alternative says that candidates have {@code factor} times their odds, and is compared with the nearest
 * odds that are tolerated. The ratio is monotone in the odds, so it is an e-value against all of these, also if they change with time; and so
 * is the mean over alternatives. It may be read after each candidate.
 *
 * @param explored exposures to candidates
 * @param control exposures to control over the same time, divided by the number of slots
 */
public record PoolRatio(long explored, double control) {
    public static final PoolRatio NONE = new PoolRatio(0, 0);

    /** Arms begin at a slightly different time for each application, and exposures are counted by the second. */
    static final double TOLERATED = 0.95;

    private static final List<Double> FACTORS = List.of(0.9, 0.8, 0.7, 0.5, 1 / 0.9, 1 / 0.8, 1 / 0.7, 1 / 0.5);

    public PoolRatio plus(long moreExplored, double moreControl) {
        return new PoolRatio(explored + moreExplored, control + moreControl);
    }

    /**
     * @param share of candidates among exposures to them and to control, if all slots are taken, in (0, 1)
     * @param alpha probability of ever raising a false alarm, in (0, 1)
     */
    public boolean isMismatch(double share, double alpha) {
        double[] logs = FACTORS.stream()
                .mapToDouble(factor -> logEvidence(share, factor))
                .toArray();
        return BettingEvidence.logMean(logs) >= -StrictMath.log(alpha);
    }

    private double logEvidence(double share, double factor) {
        double tolerated = factor < 1 ? TOLERATED : 1 / TOLERATED;
        double norm = (share * tolerated + 1 - share) / (share * factor + 1 - share);
        return explored * StrictMath.log(factor / tolerated * norm) + control * StrictMath.log(norm);
    }
}
