package io.afterlearner.asktell.ledger;

import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The best told points, each with all its losses, and ℵ₀. Noise is declared, or detected from a point with two different losses
 * or from a standard error. Under noise the lowest loss is a lucky one, so points are compared by the upper end of a confidence
 * interval that holds for all told points at once: a point with a single draw wins only by more than the luckiest draw would
 * gain. A point that violates a constraint, or under noise may violate one, never wins.
 */
final class BestPoints {

    private static final int KEPT = 32;

    private static final int MAX_POINTS = KEPT + 16;

    private final List<Evidence> points = new ArrayList<>();
    private final boolean noiseless;
    private double[] best;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private boolean noisy;
    private long told;

    BestPoints(double[] initial, Problem.Noise noise) {
        best = initial;
        noiseless = noise == Problem.Noise.NONE;
        noisy = noise == Problem.Noise.SOME;
        points.add(Evidence.none(initial, Vectors.fingerprint(initial)));
    }

    /** The point with the lowest feasible loss, the first of equals; ℵ₀ if there is none. */
    double[] best() {
        return best;
    }

    /** Whether {@link #best} may be a lucky draw. */
    boolean noisy() {
        return noisy && told > 0;
    }

    /** @param fingerprint of the point */
    void add(double[] point, long fingerprint, Outcome.Measured measured) {
        told++;
        boolean satisfied = measured.constraints().stream().allMatch(value -> value <= 0);
        if (satisfied && measured.loss() < bestLoss) {
            best = point;
            bestLoss = measured.loss();
        }
        int at = indexOf(point, fingerprint);
        Evidence before = at < 0 ? Evidence.none(point, fingerprint) : points.get(at);
        noisy |= !noiseless && (measured.standardError() > 0 || before.differsFrom(measured));
        if (at < 0) {
            points.add(before.plus(measured));
        } else {
            points.set(at, before.plus(measured));
        }
        if (points.size() == MAX_POINTS) {
            forgetWorst();
        }
    }

    private int indexOf(double[] point, long fingerprint) {
        for (int i = 0; i < points.size(); i++) {
            Evidence other = points.get(i);
            if (other.fingerprint() == fingerprint && Arrays.equals(other.point(), point)) {
                return i;
            }
        }
        return -1;
    }

    /** Drops several points at once, which costs less time per tell; never the first, which is ℵ₀. */
    private void forgetWorst() {
        Evidence.Luck luck = Evidence.Luck.among(points, told);
        Ranked[] others = new Ranked[points.size() - 1];
        for (int i = 0; i < others.length; i++) {
            Evidence point = points.get(i + 1);
            others[i] = new Ranked(point, point.violation(luck), point.highestLoss(luck));
        }
        Arrays.sort(others);
        points.subList(1, points.size()).clear();
        for (int i = 0; i < KEPT - 1; i++) {
            points.add(others[i].evidence());
        }
    }

    private record Ranked(Evidence evidence, double violation, double highestLoss) implements Comparable<Ranked> {

        @Override
        public int compareTo(Ranked other) {
            return violation != other.violation
                    ? Double.compare(violation, other.violation)
                    : Double.compare(highestLoss, other.highestLoss);
        }
    }

    /** The point with the lowest mean loss whose mean constraint values are satisfied; ℵ₀ if there is none. */
    double[] lowest() {
        return points.stream()
                .filter(point -> point.count() > 0 && point.satisfiedInTheMean())
                .min(Comparator.comparingDouble(Evidence::meanLoss))
                .orElse(points.get(0))
                .point();
    }

    /** The best point without noise, the most certain one with noise. */
    double[] surest() {
        if (!noisy) {
            return best;
        }
        Evidence.Luck luck = Evidence.Luck.among(points, told);
        return points.stream()
                .filter(point -> point.count() > 0 && point.violation(luck) == 0)
                .min(Comparator.comparingDouble(point -> point.highestLoss(luck)))
                .orElse(points.get(0))
                .point();
    }
}
