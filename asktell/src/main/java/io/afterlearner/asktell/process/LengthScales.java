package io.afterlearner.asktell.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The length scales and the noise of the process, refitted whenever the number of points has grown by a fifth. */
final class LengthScales {

    private static final int MAX_FITTED = 120;
    private static final double GROWTH = 1.2;

    private final boolean[] option;
    private final boolean mayBeNoisy;
    private double[] logs;
    private int fitted;

    /** @param option which features are options of unordered choices */
    LengthScales(boolean[] option, boolean mayBeNoisy) {
        this.option = option;
        this.mayBeNoisy = mayBeNoisy;
        logs = MarginalLikelihood.usual(option.length);
    }

    /** Variance of one loss, in units of the process's variance. */
    double noise() {
        return StrictMath.exp(logs[logs.length - 1]);
    }

    Matern kernel() {
        return new Matern(option, logs);
    }

    /** Whether this update refitted them. */
    boolean fitIfDue(Observations observations, double[] scores) {
        fitted = Math.min(fitted, observations.size());
        if (observations.size() < GROWTH * fitted) {
            return false;
        }
        int[] used = used(scores);
        double[] all = observations.shares();
        double[] shares = Arrays.stream(used).mapToDouble(i -> all[i]).toArray();
        double[] wanted = Arrays.stream(used).mapToDouble(i -> scores[i]).toArray();
        List<double[]> points = Arrays.stream(used)
                .mapToObj(i -> observations.get(i).features())
                .toList();
        logs = new MarginalLikelihood(option, points, shares, wanted)
                .best(mayBeNoisy, List.of(logs, MarginalLikelihood.usual(option.length)));
        fitted = observations.size();
        return true;
    }

    /** All points if they are few, else the best and the latest. */
    private static int[] used(double[] scores) {
        int size = scores.length;
        if (size <= MAX_FITTED) {
            return IntStream.range(0, size).toArray();
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double limit = sorted[MAX_FITTED / 2];
        List<Integer> used = new ArrayList<>();
        for (int i = size - 1; i >= 0 && used.size() < MAX_FITTED; i--) {
            if (i >= size - MAX_FITTED / 2 || scores[i] < limit) {
                used.add(i);
            }
        }
        return used.stream().mapToInt(Integer::intValue).toArray();
    }
}
