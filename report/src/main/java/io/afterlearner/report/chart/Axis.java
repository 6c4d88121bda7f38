package io.afterlearner.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A linear scale from values to positions in a drawing, with round ticks. */
public record Axis(double low, double high, double from, double to) {

    /** The scale of a range. A range of a single value is widened. */
    public static Axis of(double low, double high, double from, double to) {
        if (high > low) {
            return new Axis(low, high, from, to);
        }
        double room = low == 0 ? 1 : Math.abs(low) * 0.1;
        return new Axis(low - room, high + room, from, to);
    }

    /** The position of a value; values outside the range are clamped. */
    public double at(double value) {
        double inside = Math.min(high, Math.max(low, value));
        return from + (inside - low) / (high - low) * (to - from);
    }

    public boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** Round values within the range, about as many as requested. */
    public List<Double> ticks(int about) {
        double rough = (high - low) / Math.max(1, about);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        for (double k = Math.ceil(low / step); k * step <= high + step * 1e-9; k++) {
            // k may be −0, which would print a sign.
            ticks.add(k * step + 0.0);
        }
        return ticks;
    }

    /** A tick without binary rounding noise. */
    public static String label(double tick) {
        BigDecimal clean = new BigDecimal(tick).round(new MathContext(6)).stripTrailingZeros();
        double size = Math.abs(tick);
        boolean plain = size == 0 || (size >= 1e-6 && size < 1e7);
        String text = plain ? clean.toPlainString() : clean.toString();
        return text.replace('-', '−');
    }
}
