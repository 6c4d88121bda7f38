package io.afterlearner.asktell.ledger;

import io.afterlearner.asktell.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * All losses told for one point, in summary.
 *
 * @param fingerprint of the point
 * @param knownSquares sum of the squared standard errors told
 * @param unknown number of losses told without a standard error
 */
record Evidence(
        double[] point, long fingerprint, Tally loss, double knownSquares, long unknown, List<Tally> constraints) {

    /** @param squares sum of squared deviations from the mean */
    private record Tally(long count, double mean, double squares) {

        static final Tally NONE = new Tally(0, 0, 0);

        /** Welford's update. */
        Tally plus(double value) {
            double shift = value - mean;
            double next = mean + shift / (count + 1);
            return new Tally(count + 1, next, squares + shift * (value - next));
        }
    }

    /** @param fingerprint of the point */
    static Evidence none(double[] point, long fingerprint) {
        return new Evidence(point, fingerprint, Tally.NONE, 0, 0, List.of());
    }

    Evidence plus(Outcome.Measured measured) {
        boolean known = !Double.isNaN(measured.standardError());
        double square = known ? measured.standardError() * measured.standardError() : 0;
        List<Tally> next = new ArrayList<>();
        for (int i = 0; i < measured.constraints().size(); i++) {
            next.add(constraint(i).plus(measured.constraints().get(i)));
        }
        return new Evidence(
                point, fingerprint, loss.plus(measured.loss()), knownSquares + square, unknown + (known ? 0 : 1), next);
    }

    private Tally constraint(int at) {
        return constraints.isEmpty() ? Tally.NONE : constraints.get(at);
    }

    long count() {
        return loss.count();
    }

    /** Whether the point was told a different loss before. */
    boolean differsFrom(Outcome.Measured measured) {
        return count() > 0 && loss.mean() != measured.loss();
    }

    double meanLoss() {
        return loss.mean();
    }

    boolean satisfiedInTheMean() {
        return constraints.stream().allMatch(tally -> tally.mean() <= 0);
    }

    /** The upper end of the confidence interval of the loss. */
    double highestLoss(Luck luck) {
        double variance = (knownSquares + unknown * luck.variance()) / ((double) count() * count());
        return loss.mean() + luck.deviations() * Math.sqrt(variance);
    }

    /** The sum of the positive upper ends of the constraints' confidence intervals. */
    double violation(Luck luck) {
        double sum = 0;
        for (int i = 0; i < constraints.size(); i++) {
            Tally tally = constraints.get(i);
            double error = Math.sqrt(luck.constraintVariances().get(i) / tally.count());
            sum += Math.max(0, tally.mean() + luck.deviations() * error);
        }
        return sum;
    }

    /**
     * How much noise may change one of the told points. Variances come from points told more than once.
     *
     * @param deviations the number of standard deviations that the luckiest of all told draws lies below its mean, about
     * @param variance of one loss told without a standard error
     * @param constraintVariances of one value of each constraint
     */
    record Luck(double deviations, double variance, List<Double> constraintVariances) {

        static Luck among(List<Evidence> points, long told) {
            int constraints = points.stream()
                    .mapToInt(point -> point.constraints().size())
                    .max()
                    .orElse(0);
            List<Double> variances = IntStream.range(0, constraints)
                    .mapToObj(at -> pooled(points, point -> point.constraint(at)))
                    .toList();
            return new Luck(
                    Math.max(2, Math.sqrt(2 * StrictMath.log((double) told))),
                    pooled(points, Evidence::loss),
                    variances);
        }

        private static double pooled(List<Evidence> points, Function<Evidence, Tally> quantity) {
            double squares = 0;
            long freedom = 0;
            for (Evidence point : points) {
                squares += quantity.apply(point).squares();
                freedom += Math.max(0, quantity.apply(point).count() - 1);
            }
            return freedom == 0 ? 0 : squares / freedom;
        }
    }
}
