package io.afterlearner.asktell.process;

import io.afterlearner.asktell.math.Vectors;
import java.util.Arrays;

/**
 * Transforms losses for a model of normal distributions. The better half keeps its distances; the worse half is compressed
 * logarithmically (in the spirit of the half-rank warping of Song and others: The Vizier Gaussian process bandit algorithm,
 * 2024), so that a few enormous losses do not make all others equal. A failed evaluation counts as the worst loss.
 */
final class Warp {

    private Warp() {}

    /** Scores in the order of the losses, with mean 0 and variance 1; all 0 if the finite losses are equal. */
    static double[] scores(double[] losses) {
        double[] sorted =
                Arrays.stream(losses).filter(Double::isFinite).sorted().toArray();
        double[] scores = new double[losses.length];
        if (sorted.length == 0 || sorted[0] == sorted[sorted.length - 1]) {
            return scores;
        }
        double best = sorted[0];
        double knee = Arrays.stream(sorted, sorted.length / 2, sorted.length)
                .filter(loss -> loss > best)
                .findFirst()
                .orElseThrow();
        double worst = sorted[sorted.length - 1];
        Arrays.setAll(scores, i -> score(Math.min(losses[i], worst), best, knee));
        return standardised(scores);
    }

    /** In units of the distance from the best to the knee; dividing by 4 first avoids overflow. */
    private static double score(double loss, double best, double knee) {
        double scale = Math.max(knee / 4 - best / 4, Double.MIN_NORMAL);
        return loss <= knee ? (loss / 4 - best / 4) / scale : 1 + StrictMath.log1p((loss / 4 - knee / 4) / scale);
    }

    private static double[] standardised(double[] scores) {
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        double mean = sum / scores.length;
        double[] centred = Arrays.stream(scores).map(score -> score - mean).toArray();
        double deviation = Vectors.norm(centred) / Math.sqrt(centred.length);
        return Arrays.stream(centred)
                .map(score -> deviation > 0 ? score / deviation : 0)
                .toArray();
    }
}
