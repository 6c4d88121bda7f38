package io.afterlearner.asktell;

import java.util.Arrays;
import java.util.List;

/**
 * A variance for each coordinate; linear in the dimension in time and memory (Ros, Hansen: A simple modification in
 * CMA-ES achieving linear time and space complexity, PPSN 2008).
 */
final class DiagonalCovariance implements Covariance {

    /** No update takes more than this share of a variance away. */
    private static final double MOST_CUT = 0.5;

    private final double[] deviations;

    DiagonalCovariance(int dimension) {
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
    public double deviation(int coordinate) {
        return deviations[coordinate];
    }

    @Override
    public void update(double keep, List<Weighted> terms) {
        for (int i = 0; i < deviations.length; i++) {
            double before = deviations[i] * deviations[i];
            double variance = keep * before;
            for (Weighted term : terms) {
                variance += term.weight() * term.step()[i] * term.step()[i];
            }
            deviations[i] = Math.sqrt(Math.max(variance, before * MOST_CUT));
        }
    }

    /** (n + 2) / 3, equation 1 of the paper. */
    @Override
    public double learningSpeed() {
        return (deviations.length + 2) / 3.0;
    }
}
