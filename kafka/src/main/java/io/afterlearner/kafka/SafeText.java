package io.afterlearner.kafka;

import java.util.regex.Pattern;

/**
 * Makes text of records and requests safe to show, in logs and in answers: characters that a terminal obeys, or that reverse or
 * hide text, are written as JSON escapes. It writes what {@code io.afterlearner.aleph.Printable} writes, which services cannot
 * use; a test of the CLI compares them.
 */
public final class SafeText {
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}&&[^\\r\\n\\t]]");

    private static final Pattern LINE_ENDS = Pattern.compile("\\s*[\\r\\n]+\\s*|\\t");

    private SafeText() {}

    /** The safe text. Line ends and tabs stay. */
    static String text(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(found -> escaped(found.group()));
    }

    /** The safe text on one line, cut to at most this many characters of the text. */
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
