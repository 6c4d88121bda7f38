package io.afterlearner.access.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A setting and the values that it takes.
 *
 * <pre>{@code
 * Setting.whole("afterlearner.http.max-body-bytes", 1, 1L << 30)
 * Setting.duration("afterlearner.optimizer.pool-lag-interval", ofSeconds(1), ofHours(1)).or("0", "never")
 * }</pre>
 *
 * @param expected what to give instead, such as {@code give a whole number from 1 to 10}
 * @param accepts whether a value can be used; it may throw IllegalArgumentException for one that cannot
 */
public record Setting(String name, Kind kind, String expected, Predicate<String> accepts) {
    private static final int MAX_SHOWN = 100;

    /** What a value is. */
    public enum Kind {
        NUMBER,
        DURATION,
        /** One of a few words. */
        CHOICE,
        /** Some text, but not none. */
        NAME,
        /** Some text, or none. */
        TEXT
    }

    /** A whole number. */
    public static Setting whole(String name, long min, long max) {
        return new Setting(name, Kind.NUMBER, "give a whole number from " + min + " to " + max, value -> {
            long number = Long.parseLong(value);
            return number >= min && number <= max;
        });
    }

    /** A duration of whole milliseconds. */
    public static Setting duration(String name, Duration min, Duration max) {
        return new Setting(
                name,
                Kind.DURATION,
                "give a duration from " + shown(min) + " to " + shown(max) + ", such as " + shown(example(min, max)),
                value -> {
                    Duration given = DurationConverter.parseDuration(value);
                    return given != null && given.compareTo(min) >= 0 && given.compareTo(max) <= 0;
                });
    }

    /** One of these words, written like this. */
    public static Setting choice(String name, String... words) {
        return new Setting(name, Kind.CHOICE, "use " + String.join(" or ", words), Arrays.asList(words)::contains);
    }

    /** {@code true} or {@code false}. */
    public static Setting flag(String name) {
        return new Setting(
                name,
                Kind.CHOICE,
                "use true or false",
                value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"));
    }

    /** Some text without characters that a terminal would obey. */
    public static Setting name(String name) {
        return new Setting(
                name,
                Kind.NAME,
                "give a name without control characters",
                value -> value.chars().noneMatch(Character::isISOControl));
    }

    /** Any text, also none; what is wrong with it is found by whoever reads it. */
    public static Setting text(String name) {
        return text(name, "", value -> true);
    }

    /** No text, or one that can be used. */
    public static Setting text(String name, String expected, Predicate<String> accepts) {
        return new Setting(name, Kind.TEXT, expected, accepts);
    }

    /** This value too, which means something of its own. */
    public Setting or(String value, String meaning) {
        return new Setting(
                name,
                kind,
                expected + "; or " + value + " for " + meaning,
                given -> given.equals(value) || isSame(given, value) || accepts.test(given));
    }

    private boolean isSame(String given, String value) {
        return kind == Kind.DURATION
                && DurationConverter.parseDuration(given).equals(DurationConverter.parseDuration(value));
    }

    /** What is wrong with a value, on one line; null if nothing is. */
    public @Nullable String problem(String given) {
        String value = given.strip();
        if (value.isEmpty()) {
            return kind == Kind.TEXT ? null : name + " is empty; " + expected;
        }
        try {
            return accepts.test(value) ? null : refusal(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return refusal(value);
        }
    }

    private String refusal(String value) {
        return name + " is " + shown(value) + "; " + expected;
    }

    /** What somebody wrote, for a message: short, and without characters that a terminal obeys or that nobody sees. */
    public static String shown(String text) {
        String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}]", "?");
    }

    private static Duration example(Duration min, Duration max) {
        Duration seconds = Duration.ofSeconds(5);
        return min.compareTo(seconds) <= 0 && max.compareTo(seconds) >= 0 ? seconds : max;
    }

    /** As one writes it. */
    private static String shown(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0 && millis > 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0 && millis > 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : String.format(Locale.ROOT, "%dms", millis);
    }
}
