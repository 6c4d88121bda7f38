package io.afterlearner.report;

/** Text made safe to stand in a page. */
public final class Html {
    private Html() {}

    /** Escaped for element content and quoted attributes; control characters become spaces. */
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
