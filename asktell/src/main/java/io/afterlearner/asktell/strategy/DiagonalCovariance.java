package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.math.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * One variance per coordinate; time and memory are linear in the dimension (Ros, Hansen: A simple modification in CMA-ES
 * achieving linear time and space complexity, PPSN 2008).
 */
public final class DiagonalCovariance implements Covariance {

    /** An update removes at most this share of a variance. */
    private static final double MAX_CUT = 0.5;

    private final double[] deviations;

    public DiagonalCovariance(int dimension) {
        deviations = new double[dimension];
        Arrays.fill(deviations, 1);
    }

    @Override
    public double[] color(double[] noise) {
        double[] step = new double[noise.length];
        for (int i = 0; i < step.length; i++) {
            step[i] = deviations[i] * noise[i];
        }
        return step;
    }

    @Override
    public double[] whiten(double[] step) {
        double[] noise = new double[step.length];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = step[i] / deviations[i];
        }
        return noise;
    }

    @Override
    public double[] squaredLengths(double[][] steps) {
        return Arrays.stream(steps)
                .map(this::whiten)
                .mapToDouble(noise -> Vectors.dot(noise, noise))
                .toArray();
    }

    @Override
    public double deviation(int coordinate) {
        return deviations[coordinate];
    }

    @Override
    public double condition() {
        double[] sorted = deviations.clone();
        Arrays.sort(sorted);
        double ratio = sorted[sorted.length - 1] / sorted[0];
        return ratio * ratio;
    }

    @Override
    public void update(double keep, List<Weighted> terms) {
        double[] variances = new double[deviations.length];
        for (int i = 0; i < variances.length; i++) {
            variances[i] = keep * (deviations[i] * deviations[i]);
        }
        for (Weighted term : terms) {
            addSquares(term.weight(), term.step(), variances);
        }
        for (int i = 0; i < variances.length; i++) {
            deviations[i] = Math.sqrt(Math.max(variances[i], deviations[i] * deviations[i] * MAX_CUT));
        }
    }

    private static void addSquares(double weight, double[] step, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * step[i] * step[i];
        }
    }

    /** (n + 2) / 3, equation 1 of the paper. */
    @Override
    public double learningSpeed() {
        return (deviations.length + 2) / 3.0;
    }
}
