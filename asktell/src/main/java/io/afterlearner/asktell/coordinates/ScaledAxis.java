package io.afterlearner.asktell.coordinates;

/** A number. A whole number k stands for the interval [k - ½, k + ½], so that the ends of a range get their full share. */
final class ScaledAxis implements Axis {

    private final double low;
    private final double high;
    private final boolean log;
    private final boolean whole;
    private final double initial;
    private final double step;
    private final double least;
    private final double most;

    ScaledAxis(double low, double high, boolean log, boolean whole, double initial, double step) {
        this.low = low;
        this.high = high;
        this.log = log;
        this.whole = whole;
        this.initial = initial;
        double margin = whole ? 0.5 : 0;
        this.step = Double.isNaN(step) ? chosenStep(scale(low - margin), scale(high + margin)) : step;
        this.least = low == high ? 0 : coordinate(low - margin);
        this.most = low == high ? 0 : coordinate(high + margin);
    }

    /** Whether every value between the bounds is possible and the scale is linear. */
    boolean isLinear() {
        return !log && !whole;
    }

    /** Only for a linear axis. */
    void copyTo(LinearAxes all, int at) {
        all.initials()[at] = initial;
        all.steps()[at] = step;
        all.lows()[at] = Math.max(low, -Double.MAX_VALUE);
        all.highs()[at] = Math.min(high, Double.MAX_VALUE);
        all.leasts()[at] = least;
        all.mosts()[at] = most;
    }

    private double chosenStep(double from, double to) {
        double sixth = (to - from) / 6;
        double wanted = Double.isInfinite(sixth) || sixth == 0 ? 1 : sixth;
        return whole && !log ? Math.max(0.5, wanted) : wanted;
    }

    private double scale(double value) {
        return log ? StrictMath.log(value) : value;
    }

    private double coordinate(double value) {
        return (scale(value) - scale(initial)) / step;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(double value, double[] coordinates, int at) {
        coordinates[at] = coordinate(value);
    }

    @Override
    public double decode(double[] coordinates, int at) {
        return value(reflect(coordinates[at]));
    }

    private double value(double coordinate) {
        double move = coordinate * step;
        double value = log ? initial * StrictMath.exp(move) : initial + move;
        double inRange = Math.min(Math.max(whole ? Math.rint(value) : value, low), high);
        return Math.min(Math.max(inRange, -largest()), largest());
    }

    /** Keeps values finite if an unbounded search diverges, and whole numbers exact. */
    private double largest() {
        return whole ? 0x1p53 : Double.MAX_VALUE;
    }

    private double reflect(double coordinate) {
        if (coordinate >= least && coordinate <= most) {
            return coordinate;
        }
        double width = most - least;
        if (width == 0) {
            return least;
        }
        if (Double.isInfinite(width)) {
            return coordinate < least ? 2 * least - coordinate : 2 * most - coordinate;
        }
        double past = (coordinate - least) % (2 * width);
        double turn = past < 0 ? past + 2 * width : past;
        return least + (turn > width ? 2 * width - turn : turn);
    }

    @Override
    public void bounds(double[] lows, double[] highs, int at) {
        lows[at] = least;
        highs[at] = most;
    }

    @Override
    public boolean jumps() {
        return whole && low < high;
    }

    @Override
    public void granularity(double[] coordinates, double[] thresholds, int at) {
        if (jumps()) {
            double value = value(reflect(coordinates[at]));
            thresholds[at] = (log ? StrictMath.log((value + 0.5) / value) : 0.5) / step;
        }
    }
}
