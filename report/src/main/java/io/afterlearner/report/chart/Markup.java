package io.afterlearner.report.chart;

/** Escapes text for HTML and SVG. */
public final class Markup {
    private Markup() {}

    /** Escapes for element content and quoted attributes. Control characters become spaces. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint((c < ' ' && c != '\n') || c == 0x7f ? ' ' : c);
            }
        });
        return safe.toString();
    }
}
