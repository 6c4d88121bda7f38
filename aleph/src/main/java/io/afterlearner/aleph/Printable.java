package io.afterlearner.aleph;

import java.util.regex.Pattern;

/**
 * Text that may be shown on a terminal, in a log or on a page. Names in files, records and answers may hold anything: terminal
 * escape codes, characters that reverse the order of others or are invisible, halves of characters. Each of these is shown as
 * JSON escapes it: a backslash, u and four hexadecimal digits.
 */
public final class Printable {
    /** Control, format (bidirectional overrides, zero width), line and paragraph separators, surrogates, unassigned. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}&&[^\\n\\t]]");

    private static final Pattern LINE_ENDS = Pattern.compile("\\s*[\\r\\n]+\\s*|\\t");

    private Printable() {}

    /** The text, whose lines stay lines. */
    public static String text(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(found -> escaped(found.group()));
    }

    /** The text on one line. */
    public static String line(String text) {
        return text(LINE_ENDS.matcher(text.strip()).replaceAll(" "));
    }

    /** Like {@link #line(String)}, with at most so many characters of the text. */
    public static String line(String text, int most) {
        return text.length() <= most ? line(text) : line(text.substring(0, most)) + "…";
    }

    /** In a replacement, a backslash stands for itself only after another. */
    private static String escaped(String character) {
        StringBuilder escapes = new StringBuilder();
        character.chars().forEach(unit -> escapes.append(String.format("\\\\u%04x", unit)));
        return escapes.toString();
    }
}
