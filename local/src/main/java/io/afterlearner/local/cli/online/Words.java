package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Figures of a forecast, with as many digits as it deserves. */
final class Words {
    private static final double MINUTE = Duration.ofMinutes(1).toMillis();
    private static final double HOUR = Duration.ofHours(1).toMillis();
    private static final double DAY = Duration.ofDays(1).toMillis();
    private static final double YEAR = 365 * DAY;
    private static final double TRILLION = 1e12;
    /** From this lift on, it is a multiple of the baseline. */
    private static final double MULTIPLE = 10;

    private static final double HUNDRED = 100;
    /** So many digits of a number are meant. */
    private static final MathContext EXACT = new MathContext(12);

    private Words() {}

    static String time(long millis) {
        if (millis >= Effort.NEVER) {
            return "never";
        }
        if (millis < 2 * MINUTE) {
            return number(millis / 1_000.0) + " s";
        }
        if (millis < 2 * HOUR) {
            return number(millis / MINUTE) + " min";
        }
        if (millis >= 2 * YEAR) {
            return number(millis / YEAR) + " years";
        }
        return millis < 2 * DAY ? number(millis / HOUR) + " h" : number(millis / DAY) + " d";
    }

    /** A number of exposures that something takes. */
    static String count(long exposures) {
        return exposures >= Effort.NEVER ? "never" : number((double) exposures);
    }

    /** With the noun in its number, such as {@code 1 exposure}. */
    static String counted(double count, String noun) {
        String text = number(count);
        return text + " " + noun + (text.equals("1") ? "" : "s");
    }

    /** Two significant digits, three from 100 on; thousands apart, and with an exponent from a trillion on. */
    static String number(double value) {
        if (value >= TRILLION) {
            return String.format(Locale.ROOT, "%.1e", value).replace("e+", "e");
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(value < 100 ? 2 : 3));
        return value < 100
                ? rounded.stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "%,.0f", rounded);
    }

    /** A lift, to three digits; a large one, over a baseline that is nearly 0, as a multiple. */
    static String percent(double share) {
        return percent(share, RoundingMode.HALF_EVEN);
    }

    /** The same rounded up, for the least of something. */
    static String leastPercent(double share) {
        return percent(share, RoundingMode.UP);
    }

    private static String percent(double share, RoundingMode mode) {
        BigDecimal shown = new BigDecimal(share >= MULTIPLE ? 1 + share : 100 * share)
                .round(EXACT)
                .round(new MathContext(3, mode));
        return number(shown) + (share >= MULTIPLE ? " times the baseline" : " %");
    }

    private static String number(BigDecimal rounded) {
        return rounded.doubleValue() < HUNDRED
                ? rounded.stripTrailingZeros().toPlainString()
                : number(rounded.doubleValue());
    }

    /** A number as somebody gave it: without a fraction of 0. */
    static String exact(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    /** Four significant digits, rounded down: not above the value. */
    static String atMost(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4, RoundingMode.DOWN))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Rounded up to three significant digits. */
    static long roundedUp(double value) {
        return new BigDecimal(value).round(new MathContext(3, RoundingMode.UP)).longValue();
    }

    /** A limit of a guardrail, rounded to the side that is easier to show. */
    static String limit(double value) {
        double rounded = value < 1 ? Math.floor(100 * value) / 100 : Math.ceil(100 * value) / 100;
        return String.format(Locale.ROOT, "%.2f", rounded);
    }

    /** A time for study.yaml, rounded up: whole days from two on, else whole hours or minutes. */
    static long settingMillis(long millis) {
        double unit = millis >= 2 * DAY ? DAY : millis >= 2 * HOUR ? HOUR : MINUTE;
        return (long) (Math.ceil(millis / unit) * unit);
    }
}
