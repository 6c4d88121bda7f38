package io.afterlearner.asktell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The best points told, each with all that was told of it, and ℵ₀. Whether there is noise is seen from a point that is told
 * two losses, or from a standard error. Then the lowest loss told is one that noise made lowest, so points are compared by
 * the mean of their losses and two standard errors, which a single draw has little chance to win.
 */
final class Incumbents {

    private static final int MOST = 32;

    /**
     * @param squares sum of squared deviations from the mean
     * @param errorSquare squared standard error of the mean, as far as it was told
     */
    private record Entry(double[] point, long count, double mean, double squares, double errorSquare) {

        Entry plus(double loss, double standardError) {
            long more = count + 1;
            double shift = loss - mean;
            double next = mean + shift / more;
            double error = Double.isNaN(standardError) ? 0 : standardError * standardError;
            double pooled = (errorSquare * count * count + error) / ((double) more * more);
            return new Entry(point, more, next, squares + shift * (loss - next), pooled);
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private double[] best;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private boolean noisy;

    Incumbents(double[] initial) {
        best = initial;
        entries.add(new Entry(initial, 0, 0, 0, 0));
    }

    /** The point with the lowest loss told, of equals the first. */
    double[] best() {
        return best;
    }

    boolean noisy() {
        return noisy;
    }

    void add(double[] point, Outcome.Measured measured) {
        if (measured.loss() < bestLoss) {
            best = point;
            bestLoss = measured.loss();
        }
        noisy |= measured.standardError() > 0;
        int at = indexOf(point);
        Entry entry = at < 0 ? new Entry(point, 0, 0, 0, 0) : entries.get(at);
        noisy |= entry.count() > 0 && entry.mean() != measured.loss();
        Entry next = entry.plus(measured.loss(), measured.standardError());
        if (at < 0) {
            entries.add(next);
        } else {
            entries.set(at, next);
        }
        if (entries.size() > MOST) {
            entries.remove(worst());
        }
    }

    private int indexOf(double[] point) {
        for (int i = 0; i < entries.size(); i++) {
            if (Arrays.equals(entries.get(i).point(), point)) {
                return i;
            }
        }
        return -1;
    }

    /** Never the first, which is ℵ₀. */
    private int worst() {
        int worst = 1;
        for (int i = 2; i < entries.size(); i++) {
            worst = entries.get(i).mean() > entries.get(worst).mean() ? i : worst;
        }
        return worst;
    }

    /** The best point without noise, the surest with it. */
    double[] surest() {
        double variance = variance();
        return entries.stream()
                .filter(entry -> noisy && entry.count() > 0)
                .min(Comparator.comparingDouble(entry -> pessimistic(entry, variance)))
                .map(Entry::point)
                .orElse(best);
    }

    private static double pessimistic(Entry entry, double variance) {
        return entry.mean() + 2 * Math.sqrt(Math.max(entry.errorSquare(), variance / entry.count()));
    }

    /** Of one loss, from all points told more than once. */
    private double variance() {
        double squares = 0;
        long freedom = 0;
        for (Entry entry : entries) {
            squares += entry.squares();
            freedom += Math.max(0, entry.count() - 1);
        }
        return freedom == 0 ? 0 : squares / freedom;
    }
}
