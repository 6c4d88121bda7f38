package io.afterlearner.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A linear scale from values to places on paper, with round ticks. */
public record Axis(double low, double high, double from, double to) {

    /** The scale of a range, widened where it is a single value. */
    public static Axis of(double low, double high, double from, double to) {
        if (high > low) {
            return new Axis(low, high, from, to);
        }
        double room = low == 0 ? 1 : Math.abs(low) * 0.1;
        return new Axis(low - room, high + room, from, to);
    }

    /** The place of a value; values outside the range land on its ends. */
    public double at(double value) {
        double inside = Math.min(high, Math.max(low, value));
        return from + (inside - low) / (high - low) * (to - from);
    }

    public boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** Round values within the range, about as many as wished. */
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

    /** A tick without the dust of binary fractions. */
    public static String label(double tick) {
        BigDecimal clean = new BigDecimal(tick).round(new MathContext(6)).stripTrailingZeros();
        double size = Math.abs(tick);
        boolean plain = size == 0 || (size >= 1e-6 && size < 1e7);
        String text = plain ? clean.toPlainString() : clean.toString();
        return text.replace('-', '−');
    }
}
