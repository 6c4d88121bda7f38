package io.afterlearner.study.yaml;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a study.yaml has them: 500ms, 60s, 2m, 12h, 14d. */
public final class Times {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, Long> UNIT_MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private Times() {}

    public static long millis(Yaml at, long leastMillis, long mostMillis) {
        Matcher matcher = TIME.matcher(at.text());
        if (!matcher.matches()) {
            throw at.error("must be a duration such as 500ms, 60s or 2m, not " + at.text());
        }
        long millis = Long.parseLong(matcher.group(1)) * UNIT_MILLIS.getOrDefault(matcher.group(2), 1L);
        if (millis < leastMillis || millis > mostMillis) {
            throw at.error("must be " + text(leastMillis) + " to " + text(mostMillis) + ", not " + at.text());
        }
        return millis;
    }

    /** In the largest unit that gives a whole number. */
    public static String text(long millis) {
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            long unitMillis = UNIT_MILLIS.getOrDefault(unit, 1L);
            if (millis % unitMillis == 0) {
                return millis / unitMillis + unit;
            }
        }
        return millis + "ms";
    }
}
