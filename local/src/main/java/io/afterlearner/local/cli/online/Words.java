package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.judge.Effort;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Figures of a forecast, with as many digits as it deserves. */
final class Words {
    private static final double MINUTE = Duration.ofMinutes(1).toMillis();
    private static final double HOUR = Duration.ofHours(1).toMillis();
    private static final double DAY = Duration.ofDays(1).toMillis();

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
        return millis < 2 * DAY ? number(millis / HOUR) + " h" : number(millis / DAY) + " d";
    }

    static String count(long exposures) {
        return exposures >= Effort.NEVER ? "never" : number((double) exposures);
    }

    /** Two significant digits, three from 100 on; thousands apart. */
    static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(value < 100 ? 2 : 3));
        return value < 100
                ? rounded.stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "%,.0f", rounded);
    }

    static String percent(double share) {
        return number(100 * share) + " %";
    }

    /** A limit of a guardrail, rounded to the side that is easier to show. */
    static String limit(double value) {
        double rounded = value < 1 ? Math.floor(100 * value) / 100 : Math.ceil(100 * value) / 100;
        return String.format(Locale.ROOT, "%.2f", rounded);
    }

    /** For study.yaml: whole days from two on, else whole hours or minutes. */
    static String setting(long millis) {
        double unit = millis >= 2 * DAY ? DAY : millis >= 2 * HOUR ? HOUR : MINUTE;
        return (long) Math.ceil(millis / unit) + (unit == DAY ? "d" : unit == HOUR ? "h" : "m");
    }
}
