package io.afterlearner.evaluation.score;

import io.afterlearner.evaluation.loss.Scorer;

/**
 * A candidate's loss, and what each example contributed.
 *
 * @param loss finite; lower is better
 * @param standardError of the loss over the draw of examples, by the jackknife; NaN if unknown (see {@link Jackknife})
 * @param examples how many were scored
 * @param statistics {@code examples} rows of {@code scorer.statistics()} numbers; read-only by convention
 */
public record Score(double loss, double standardError, int examples, Scorer scorer, double[] statistics) {

    public static Score of(Scorer scorer, double[] statistics) {
        int examples = statistics.length / scorer.statistics();
        double loss = scorer.value(sums(scorer.statistics(), statistics), examples);
        if (!Double.isFinite(loss)) {
            throw new UnscorableException("the loss is " + loss + " over " + examples
                    + " examples; outputs overflow, or no example has anything to score");
        }
        double standardError = Jackknife.standardError(scorer, statistics);
        return new Score(loss, standardError, examples, scorer, statistics);
    }

    /** Sums over the examples, of each statistic. */
    public double[] sums() {
        return sums(scorer.statistics(), statistics);
    }

    static double[] sums(int width, double[] statistics) {
        double[] sums = new double[width];
        for (int at = 0; at < statistics.length; at += width) {
            for (int s = 0; s < width; s++) {
                sums[s] += statistics[at + s];
            }
        }
        return sums;
    }
}
