package io.afterlearner.report.chart;

import java.util.Formatter;
import java.util.Locale;

/** An inline SVG drawing; every text is escaped, every colour is a CSS class of the page. */
public final class Svg {
    private final Formatter svg = new Formatter(Locale.ROOT);

    public Svg(int width, int height, String label) {
        svg.format("<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"%s\">\n", width, height, Markup.escape(label));
    }

    /** Horizontal grid lines with labels at the left, and labels below. The axes' ends are the edges of the drawing's frame. */
    public void frame(Axis x, Axis y, int xTicks, int yTicks) {
        for (double tick : y.ticks(yTicks)) {
            line("grid", x.from(), y.at(tick), x.to(), y.at(tick));
            text("tick", "end", x.from() - 8, y.at(tick) + 4, Axis.label(tick));
        }
        for (double tick : x.ticks(xTicks)) {
            text("tick", "middle", x.at(tick), y.from() + 18, Axis.label(tick));
        }
    }

    public void line(String style, double x1, double y1, double x2, double y2) {
        svg.format("<line class=\"%s\" x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\"/>\n", style, x1, y1, x2, y2);
    }

    public void circle(String style, double x, double y, double radius, String title) {
        svg.format("<circle class=\"%s\" cx=\"%.2f\" cy=\"%.2f\" r=\"%.1f\">", style, x, y, radius);
        svg.format("<title>%s</title></circle>\n", Markup.escape(title));
    }

    public void dot(String style, double x, double y, double radius) {
        svg.format("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n", style, x, y, radius);
    }

    public void rectangle(String style, double x, double y, double width, double height, String title) {
        svg.format("<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\"", style, x, y);
        svg.format(" width=\"%.2f\" height=\"%.2f\">", Math.max(0, width), Math.max(0, height));
        svg.format("<title>%s</title></rect>\n", Markup.escape(title));
    }

    public void path(String style, String d) {
        svg.format("<path class=\"%s\" d=\"%s\"/>\n", style, d);
    }

    /** @param anchor start, middle or end */
    public void text(String style, String anchor, double x, double y, String text) {
        svg.format("<text class=\"%s\" text-anchor=\"%s\"", style, anchor);
        svg.format(" x=\"%.2f\" y=\"%.2f\">%s</text>\n", x, y, Markup.escape(text));
    }

    @Override
    public String toString() {
        return svg + "</svg>\n";
    }
}
