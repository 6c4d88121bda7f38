package io.afterlearner.demo.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that a guardrail stopped.
 *
 * @param seconds when, since the users came
 * @param measured null where the reason does not say it in figures
 * @param trueRatio of its level to ℵ₀'s, as the simulator knows
 */
public record Stopped(
        long number,
        double seconds,
        String reason,
        @Nullable Measured measured,
        double trueRatio) {
    private static final String BROKEN = "guardrail broken: ";
    private static final String NUMBER = "([-+.\\de]+)";
    private static final Pattern FIGURES = Pattern.compile(BROKEN + "(\\w+ of .+) is " + NUMBER
            + " where control's is " + NUMBER + ", and no (?:more|less) than " + NUMBER
            + " times that is allowed \\((\\d+) and \\d+ values\\)");

    /**
     * A level, and what it may be.
     *
     * @param what such as P95 of latency
     * @param limit how many times control's it may be
     * @param exposures that it is of
     */
    public record Measured(String what, double value, double control, double limit, long exposures) {
        public double ratio() {
            return value / control;
        }

        static @Nullable Measured in(String reason) {
            Matcher found = FIGURES.matcher(reason);
            return found.matches()
                    ? new Measured(
                            found.group(1),
                            Double.parseDouble(found.group(2)),
                            Double.parseDouble(found.group(3)),
                            Double.parseDouble(found.group(4)),
                            Long.parseLong(found.group(5)))
                    : null;
        }
    }

    /** Whether a candidate that failed for this reason was stopped by a guardrail. */
    public static boolean isWhy(String reason) {
        return reason.startsWith(BROKEN);
    }

    /**
     * Of a candidate that failed; empty where no guardrail stopped it.
     *
     * @param reason as the feedback service gave it
     */
    public static Optional<Stopped> of(long number, double seconds, String reason, double trueRatio) {
        return isWhy(reason)
                ? Optional.of(new Stopped(number, seconds, reason, Measured.in(reason), trueRatio))
                : Optional.empty();
    }
}
