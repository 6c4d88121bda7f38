package io.afterlearner.evaluation;

import io.afterlearner.evaluation.loss.Scorer.BoundedMean;

/**
 * By how much the best of several measured losses may be too good to be true. With probability {@code confidence} over
 * the draw of m examples, the true loss of every one of N candidates is at most its measured loss plus
 * (high − low)·√(ln(N / (1 − confidence)) / 2m): Hoeffding's inequality for each, Bonferroni's for all.
 *
 * <p>It holds for N candidates fixed before the examples were seen. An optimizer that learns from the losses picks its
 * candidates by the examples; for it this is the price of selection alone, not of adaptation.
 *
 * @param excess in units of the loss, at least 0; over {@code high − low} it says nothing
 * @see <a href="https://doi.org/10.1080/01621459.1963.10500830">Hoeffding, Probability Inequalities for Sums of Bounded Random Variables (1963), theorem 2</a>
 */
public record OverfittingBound(double excess, long candidates, long examples, double confidence) {

    /**
     * @param loss the bounded mean that was minimised, with the number of examples that count; a loss without one has
     *     no bound
     * @param candidates evaluated, at least 1
     * @param confidence within (0, 1), such as 0.95
     */
    public static OverfittingBound of(BoundedMean loss, long candidates, double confidence) {
        if (candidates < 1 || loss.examples() < 1 || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("no bound for " + candidates + " candidates, " + loss.examples()
                    + " examples, confidence " + confidence);
        }
        double unit = Math.sqrt(Math.log(candidates / (1 - confidence)) / (2.0 * loss.examples()));
        return new OverfittingBound((loss.high() - loss.low()) * unit, candidates, loss.examples(), confidence);
    }
}
