package io.afterlearner.report.chart;

import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.result.SplitResult.Interval;
import io.afterlearner.report.result.SplitResult.Measured;
import io.afterlearner.report.words.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The shipped model and the best candidate on each split, with their 95% intervals. */
public final class SplitChart {
    private static final int WIDTH = 760;
    private static final int ROW = 30;
    private static final int LEFT = 190;
    private static final int RIGHT = 150;
    private static final int TOP = 8;
    private static final double MARK = 4;
    /** Half the height of an interval's end lines, larger than the mark so that even a short interval is visible. */
    private static final double END = 9;

    private record Row(String label, String style, Measured measured) {}

    private SplitChart() {}

    /** @param test null if it was not scored */
    public static String of(SplitResult search, @Nullable SplitResult test) {
        List<Row> rows = new ArrayList<>(rows("search", search));
        if (test != null) {
            rows.addAll(rows("test", test));
        }
        int bottom = TOP + rows.size() * ROW;
        Axis x = horizontal(rows);
        Svg svg = new Svg(WIDTH, bottom + 26, "Shipped model and best candidate on each split, with 95% intervals");
        for (double tick : x.ticks(5)) {
            svg.line("grid", x.at(tick), TOP, x.at(tick), bottom);
            svg.text("tick", "middle", x.at(tick), bottom + 18, Axis.label(tick));
        }
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), x, TOP + i * ROW + ROW / 2.0);
        }
        return svg.toString();
    }

    private static List<Row> rows(String name, SplitResult split) {
        return List.of(
                new Row(name + " · shipped", "before", split.baseline()),
                new Row(name + " · candidate", "after", split.candidate()));
    }

    private static Axis horizontal(List<Row> rows) {
        double[] values = rows.stream()
                .flatMapToDouble(row -> values(row.measured()))
                .filter(Double::isFinite)
                .toArray();
        double low = DoubleStream.of(values).min().orElse(0);
        double high = DoubleStream.of(values).max().orElse(1);
        double room = 0.06 * (high - low);
        return Axis.of(low - room, high + room, LEFT, WIDTH - RIGHT);
    }

    private static DoubleStream values(Measured measured) {
        Interval interval = measured.interval();
        return interval == null
                ? DoubleStream.of(measured.value())
                : DoubleStream.of(measured.value(), interval.low(), interval.high());
    }

    private static void row(Svg svg, Row row, Axis x, double y) {
        Measured measured = row.measured();
        svg.text("label", "end", LEFT - 14, y + 4, row.label());
        Interval interval = measured.interval();
        String title = interval == null
                ? "interval unknown"
                : "95% interval " + Numbers.of(interval.low()) + " to " + Numbers.of(interval.high());
        svg.circle("mark " + row.style(), x.at(measured.value()), y, MARK, title);
        if (interval != null) {
            whisker(svg, "whisker " + row.style(), x.at(interval.low()), x.at(interval.high()), y);
        }
        svg.text("value", "start", WIDTH - RIGHT + 14, y + 4, Numbers.of(measured.value()));
    }

    private static void whisker(Svg svg, String style, double low, double high, double y) {
        svg.line(style, low, y, high, y);
        svg.line(style, low, y - END, low, y + END);
        svg.line(style, high, y - END, high, y + END);
    }
}
