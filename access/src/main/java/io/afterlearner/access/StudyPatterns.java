package io.afterlearner.access;

import io.afterlearner.access.settings.Setting;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The studies that a caller may use: ids, or beginnings of ids with {@code *} behind them. A study's id is its name and a digest,
 * so {@code shop-*} means every study named shop, and every study whose name begins with {@code shop-}.
 */
public record StudyPatterns(List<String> patterns) {
    public static final StudyPatterns ALL = new StudyPatterns(List.of("*"));
    public static final StudyPatterns NONE = new StudyPatterns(List.of());

    private static final int MAX_PATTERNS = 100;
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._-]{0,200}\\*?");

    public StudyPatterns {
        patterns = List.copyOf(patterns);
    }

    /** @throws IllegalArgumentException if a pattern is malformed, or there are too many */
    public static StudyPatterns of(List<String> patterns) {
        if (patterns.size() > MAX_PATTERNS) {
            throw new IllegalArgumentException(
                    "there are " + patterns.size() + " study patterns; give at most " + MAX_PATTERNS);
        }
        for (String pattern : patterns) {
            if (pattern.isEmpty() || !PATTERN.matcher(pattern).matches()) {
                throw new IllegalArgumentException("study pattern " + Setting.shown(pattern)
                        + " is malformed; give a study's id, or the beginning of one followed by *");
            }
        }
        return new StudyPatterns(patterns);
    }

    public boolean match(String study) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, study));
    }

    private static boolean matches(String pattern, String study) {
        return pattern.endsWith("*")
                ? study.startsWith(pattern.substring(0, pattern.length() - 1))
                : study.equals(pattern);
    }

    /** As the file of keys has it. */
    @Override
    public String toString() {
        return String.join(",", patterns);
    }
}
