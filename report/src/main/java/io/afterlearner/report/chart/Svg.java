package io.afterlearner.report.chart;

import java.util.Locale;

/** An inline SVG drawing; every text is escaped, every colour is a CSS class of the page. */
public final class Svg {
    private final StringBuilder svg = new StringBuilder();

    public Svg(int width, int height, String label) {
        svg.append("<svg role=\"img\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" aria-label=\"")
                .append(Markup.escape(label))
                .append("\">\n");
    }

    public Svg line(String style, double x1, double y1, double x2, double y2) {
        return element(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\"/>",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    public Svg circle(String style, double x, double y, double radius, String title) {
        return element(String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.2f\" cy=\"%.2f\" r=\"%.1f\"><title>%s</title></circle>",
                style,
                x,
                y,
                radius,
                Markup.escape(title)));
    }

    public Svg dot(String style, double x, double y, double radius) {
        return element(String.format(
                Locale.ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", style, x, y, radius));
    }

    public Svg rectangle(String style, double x, double y, double width, double height, String title) {
        return element(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"><title>%s</title></rect>",
                style,
                x,
                y,
                Math.max(0, width),
                Math.max(0, height),
                Markup.escape(title)));
    }

    public Svg path(String style, String d) {
        return element("<path class=\"" + style + "\" d=\"" + d + "\"/>");
    }

    /**
     * @param anchor start, middle or end
     */
    public Svg text(String style, String anchor, double x, double y, String text) {
        return element(String.format(
                Locale.ROOT,
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.2f\" y=\"%.2f\">%s</text>",
                style,
                anchor,
                x,
                y,
                Markup.escape(text)));
    }

    private Svg element(String element) {
        svg.append(element).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return svg + "</svg>\n";
    }
}
