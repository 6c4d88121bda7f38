package io.afterlearner.report.words;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Formats numbers for people. */
public final class Numbers {
    private Numbers() {}

    /** Four significant digits: 0.2481, 12.35, 1.200e-7. */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "unknown" : value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4));
        return rounded.scale() < 0 ? rounded.setScale(0).toPlainString() : rounded.toPlainString();
    }

    /** With its sign: +0.01, −0.2. */
    public static String signed(double value) {
        return value > 0 ? "+" + of(value) : of(value).replace('-', '−');
    }

    /** Change from one to the other in percent, such as −12.3 %; empty if the first is zero. */
    public static String change(double from, double to) {
        if (from == 0 || !Double.isFinite(from) || !Double.isFinite(to)) {
            return "";
        }
        double percent = 100 * (to - from) / Math.abs(from);
        return String.format(Locale.ROOT, "%+.1f %%", percent).replace('-', '−');
    }
}
