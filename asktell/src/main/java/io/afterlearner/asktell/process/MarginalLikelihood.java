package io.afterlearner.asktell.process;

import io.afterlearner.asktell.math.Cholesky;
import io.afterlearner.asktell.math.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * How well length scales and a noise share explain the scores: the logarithm of the marginal likelihood (Rasmussen, Williams,
 * 2006, equations 5.8 and 5.9, with the process variance at its best value) plus a log prior. The prior of the length scales is
 * log-normal around a value that grows with the root of the dimension, so that a model in many dimensions is not flat between
 * its points (Hvarfner, Hellsten, Nardi: Vanilla Bayesian optimization performs great in high dimensions, 2024).
 */
final class MarginalLikelihood implements Ascent.Slope {

    /** The least noise; keeps the matrix regular where points are equal. */
    static final double MIN_LOG_NOISE = StrictMath.log(1e-7);

    static final double MAX_LOG_NOISE = StrictMath.log(10);

    private static final double MIN_LOG_SCALE = StrictMath.log(0.02);
    private static final double MAX_LOG_SCALE = StrictMath.log(300);
    private static final double SCALE_DEVIATION = 1;
    private static final double USUAL_LOG_NOISE = StrictMath.log(1e-4);
    private static final double NOISE_DEVIATION = 3;
    private static final int EVALUATIONS = 24;

    private final boolean[] option;
    private final List<double[]> points;
    private final double[] shares;
    private final double[] scores;
    private final double usualLogScale;

    /** @param shares the noise share of each score: 1 over the number of losses in its mean */
    MarginalLikelihood(boolean[] option, List<double[]> points, double[] shares, double[] scores) {
        this.option = option;
        this.points = points;
        this.shares = shares;
        this.scores = scores;
        usualLogScale = usualLogScale(option.length);
    }

    private static double usualLogScale(int dimension) {
        return StrictMath.log(1.5) + 0.5 * StrictMath.log(dimension);
    }

    /** The start of a search: the logarithm of each length scale, then that of the noise. */
    static double[] usual(int dimension) {
        double[] usual = new double[dimension + 1];
        Arrays.fill(usual, usualLogScale(dimension));
        usual[dimension] = MIN_LOG_NOISE;
        return usual;
    }

    /** The best result of a climb from each start. */
    double[] best(boolean noisy, List<double[]> starts) {
        int size = option.length + 1;
        double[] low = new double[size];
        double[] high = new double[size];
        double[] step = new double[size];
        Arrays.fill(low, MIN_LOG_SCALE);
        Arrays.fill(high, MAX_LOG_SCALE);
        Arrays.fill(step, 0.3);
        low[size - 1] = MIN_LOG_NOISE;
        high[size - 1] = noisy ? MAX_LOG_NOISE : MIN_LOG_NOISE;
        step[size - 1] = noisy ? 1 : 0;
        Ascent.Summit best = new Ascent.Summit(starts.get(0), Double.NEGATIVE_INFINITY);
        for (double[] start : starts) {
            Ascent.Summit found = Ascent.climb(this, start, low, high, step, EVALUATIONS);
            best = found.value() > best.value() ? found : best;
        }
        return best.at();
    }

    @Override
    public double at(double[] logs, double[] gradient) {
        Matern kernel = new Matern(option, logs);
        double noise = StrictMath.exp(logs[option.length]);
        double[] noises = Arrays.stream(shares).map(share -> share * noise).toArray();
        Cholesky factor = Cholesky.of(correlations(kernel), noises);
        if (factor == null) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] solved = factor.solve(scores);
        double square = Math.max(0, Vectors.dot(scores, solved)) + GaussianProcess.PRIOR_WEIGHT;
        double count = scores.length + GaussianProcess.PRIOR_WEIGHT;
        addSlopes(kernel, factor, solved, count / square, noises, gradient);
        return -0.5 * count * StrictMath.log(square) - 0.5 * factor.logDeterminant() + prior(logs, gradient);
    }

    private double[][] correlations(Matern kernel) {
        double[][] correlations = new double[scores.length][];
        for (int i = 0; i < correlations.length; i++) {
            correlations[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                correlations[i][j] = kernel.at(points.get(i), points.get(j));
            }
        }
        return correlations;
    }

    private void addSlopes(
            Matern kernel, Cholesky factor, double[] solved, double precision, double[] noises, double[] gradient) {
        for (int i = 0; i < solved.length; i++) {
            double[] unit = new double[solved.length];
            unit[i] = 1;
            double[] inverse = factor.solve(unit);
            for (int j = 0; j < i; j++) {
                double factorOfSlope = precision * solved[i] * solved[j] - inverse[j];
                kernel.addScaleSlope(points.get(i), points.get(j), factorOfSlope, gradient);
            }
            gradient[option.length] += 0.5 * noises[i] * (precision * solved[i] * solved[i] - inverse[i]);
        }
    }

    private double prior(double[] logs, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < logs.length; i++) {
            boolean scale = i < option.length;
            double width = scale ? SCALE_DEVIATION : NOISE_DEVIATION;
            double off = (logs[i] - (scale ? usualLogScale : USUAL_LOG_NOISE)) / width;
            gradient[i] -= off / width;
            sum -= 0.5 * off * off;
        }
        return sum;
    }
}
