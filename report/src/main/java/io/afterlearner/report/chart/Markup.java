package io.afterlearner.report.chart;

import io.afterlearner.aleph.Printable;

/** Escapes text for HTML and SVG. */
public final class Markup {
    private Markup() {}

    /** Escapes for element content and quoted attributes, as {@link Printable} text. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        Printable.text(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }
}
