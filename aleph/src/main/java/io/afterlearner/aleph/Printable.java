package io.afterlearner.aleph;

import java.util.regex.Pattern;

/**
 * Makes text safe to show on a terminal, in a log or on a page. Names in files, records and responses may contain anything:
 * terminal escape codes, invisible characters, characters that reverse the order of others, unpaired surrogates. Each of these
 * is shown as a JSON escape: a backslash, u and four hexadecimal digits.
 */
public final class Printable {
    /** Control, format (bidirectional overrides, zero width), line and paragraph separators, surrogates, unassigned. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}&&[^\\n\\t]]");

    private static final Pattern LINE_ENDS = Pattern.compile("\\s*[\\r\\n]+\\s*|\\t");

    private Printable() {}

    /** The safe text. Line breaks and tabs stay. */
    public static String text(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(found -> escaped(found.group()));
    }

    /** The safe text on one line. */
    public static String line(String text) {
        return text(LINE_ENDS.matcher(text.strip()).replaceAll(" "));
    }

    /** Like {@link #line(String)}, cut to at most this many characters of the text. */
    public static String line(String text, int most) {
        return text.length() <= most ? line(text) : line(text.substring(0, most)) + "…";
    }

    /** The backslash is doubled, because it has a meaning in a replacement. */
    private static String escaped(String character) {
        StringBuilder escapes = new StringBuilder();
        character.chars().forEach(unit -> escapes.append(String.format("\\\\u%04x", unit)));
        return escapes.toString();
    }
}
