package io.afterlearner.asktell.process;

import java.util.Arrays;

/**
 * Maximises a differentiable function within bounds by the signs of its gradient: each coordinate has a step that grows while
 * the sign stays and halves when it changes (iRprop⁻; Igel, Hüsken: Improving the Rprop learning algorithm, 2000).
 */
final class Ascent {

    private static final double GROW = 1.2;
    private static final double SHRINK = 0.5;

    /** A function with its gradient. */
    interface Slope {

        /** Returns the value; writes to {@code gradient}, which is as long as {@code at}. */
        double at(double[] at, double[] gradient);
    }

    /** A point with the function's value. */
    record Summit(double[] at, double value) {}

    private Ascent() {}

    /**
     * @param step the first step of each coordinate; 0 keeps a coordinate fixed
     * @param evaluations of the function, at least 1
     * @return the best point visited
     */
    static Summit climb(Slope slope, double[] start, double[] low, double[] high, double[] step, int evaluations) {
        double[] at = start.clone();
        double[] steps = step.clone();
        double[] before = new double[at.length];
        double[] gradient = new double[at.length];
        Summit best = new Summit(at.clone(), slope.at(at, gradient));
        for (int k = 1; k < evaluations; k++) {
            for (int i = 0; i < at.length; i++) {
                double turn = Math.signum(gradient[i]) * Math.signum(before[i]);
                steps[i] *= turn > 0 ? GROW : turn < 0 ? SHRINK : 1;
                before[i] = turn < 0 ? 0 : gradient[i];
                at[i] = Math.min(Math.max(at[i] + steps[i] * Math.signum(before[i]), low[i]), high[i]);
            }
            Arrays.fill(gradient, 0);
            double value = slope.at(at, gradient);
            best = value > best.value() ? new Summit(at.clone(), value) : best;
        }
        return best;
    }
}
