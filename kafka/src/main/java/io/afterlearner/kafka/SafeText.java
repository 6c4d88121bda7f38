package io.afterlearner.kafka;

import java.util.regex.Pattern;

/**
 * Makes text of records and requests safe to show in logs and answers. Terminal codes, and characters that reverse or hide text,
 * are written as JSON escapes. The result is the same as of {@code io.afterlearner.aleph.Printable}, which services cannot use;
 * a test of the CLI compares the two.
 */
public final class SafeText {
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}&&[^\\r\\n\\t]]");

    private static final Pattern LINE_ENDS = Pattern.compile("\\s*[\\r\\n]+\\s*|\\t");

    private SafeText() {}

    /** The safe text, with its line ends and tabs. */
    static String text(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(found -> escaped(found.group()));
    }

    /** The safe text on one line. Only the first {@code most} characters of the text are used. */
    public static String line(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most) : text;
        String line = text(LINE_ENDS.matcher(cut.strip()).replaceAll(" "));
        return text.length() > most ? line + "…" : line;
    }

    /** The backslash is doubled, because it has a meaning in a replacement. */
    private static String escaped(String character) {
        StringBuilder escapes = new StringBuilder();
        character.chars().forEach(unit -> escapes.append(String.format("\\\\u%04x", unit)));
        return escapes.toString();
    }
}
