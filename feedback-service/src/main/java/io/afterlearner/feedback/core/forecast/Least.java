package io.afterlearner.feedback.core.forecast;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.DoublePredicate;

/** The least value at which something holds that holds from there on. */
public final class Least {
    private static final double EXACT = 1.0001;
    private static final int DIGITS = 3;

    private Least() {}

    /** To 0.01 %, if it holds at the high value. */
    static double value(double low, double high, DoublePredicate isEnough) {
        double below = low;
        double enough = high;
        while (enough > EXACT * below) {
            double middle = Math.sqrt(below * enough);
            if (isEnough.test(middle)) {
                enough = middle;
            } else {
                below = middle;
            }
        }
        return enough;
    }

    /** The least of three digits, which is therefore not above any other of three digits at which it holds; else the high value. */
    public static double digits(double low, double high, DoublePredicate isEnough) {
        double value = value(low, high, isEnough);
        double down = rounded(value, RoundingMode.DOWN);
        double up = rounded(value, RoundingMode.UP);
        return isEnough.test(down) ? down : up <= high && isEnough.test(up) ? up : value;
    }

    private static double rounded(double value, RoundingMode mode) {
        return new BigDecimal(value).round(new MathContext(DIGITS, mode)).doubleValue();
    }
}
