package io.afterlearner.asktell.coordinates;

import java.util.Arrays;

/** An unordered choice: the shipped option starts {@link #LEAD} ahead of the others. */
final class OneHotAxis implements Axis {

    /** With two options a first move then changes the option in about a quarter of the asks. */
    private static final double LEAD = 1;

    private final int options;
    private final int initial;

    OneHotAxis(int options, int initial) {
        this.options = options;
        this.initial = initial;
    }

    @Override
    public int width() {
        return options;
    }

    @Override
    public void encode(double value, double[] coordinates, int at) {
        Arrays.fill(coordinates, at, at + options, 0);
        coordinates[at + initial] -= LEAD;
        coordinates[at + (int) value] += LEAD;
    }

    @Override
    public double decode(double[] coordinates, int at) {
        int winner = initial;
        for (int option = 0; option < options; option++) {
            if (height(coordinates, at, option) > height(coordinates, at, winner)) {
                winner = option;
            }
        }
        return winner;
    }

    private double height(double[] coordinates, int at, int option) {
        return coordinates[at + option] + (option == initial ? LEAD : 0);
    }

    @Override
    public void bounds(double[] lows, double[] highs, int at) {
        Arrays.fill(lows, at, at + options, Double.NEGATIVE_INFINITY);
        Arrays.fill(highs, at, at + options, Double.POSITIVE_INFINITY);
    }

    @Override
    public boolean jumps() {
        return true;
    }

    /** Two coordinates move against each other, so each needs the lead divided by √2. */
    @Override
    public void granularity(double[] coordinates, double[] thresholds, int at) {
        Arrays.fill(thresholds, at, at + options, LEAD * StrictMath.sqrt(0.5));
    }
}
