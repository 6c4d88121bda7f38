package io.afterlearner.demo.report;

import io.afterlearner.demo.report.OnlineResult.Sample;
import io.afterlearner.report.chart.Axis;
import io.afterlearner.report.chart.Svg;
import io.afterlearner.schemas.ArmsAction;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** True mean reward of control, champion and explored users over time. */
final class RewardChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 320;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 16;
    private static final int BOTTOM = 44;

    private RewardChart() {}

    static String of(OnlineResult result) {
        List<Sample> samples = result.samples();
        double last = samples.isEmpty() ? 1 : samples.get(samples.size() - 1).seconds();
        double most = samples.stream()
                .flatMapToDouble(s -> DoubleStream.of(s.control(), s.champion(), s.explored()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Axis x = Axis.of(0, Math.max(last, result.seconds()), LEFT, WIDTH - RIGHT);
        Axis y = Axis.of(0, 1.05 * most, HEIGHT - BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT, "True mean reward of control, champion and explored users over time");
        frame(svg, x, y);
        Double drift = result.driftSeconds();
        if (drift != null) {
            event(svg, x.at(drift), "drift");
        }
        if (result.revert() != null) {
            event(svg, x.at(result.seconds()), "revert");
        }
        svg.path("explored", path(samples, Sample::explored, x, y));
        svg.path("control", path(samples, Sample::control, x, y));
        svg.path("best", path(samples, Sample::champion, x, y));
        result.audit().stream()
                .filter(change -> change.getAction() == ArmsAction.PROMOTE)
                .forEach(change -> svg.circle(
                        "promotion",
                        x.at((change.getAtMillis() - result.begunAtMillis()) / 1e3),
                        HEIGHT - BOTTOM,
                        4,
                        change.getReason()));
        return svg.toString();
    }

    private static void event(Svg svg, double at, String name) {
        svg.line("event", at, TOP, at, HEIGHT - BOTTOM);
        svg.text("tick", "end", at - 4, HEIGHT - BOTTOM - 6, name);
    }

    private static void frame(Svg svg, Axis x, Axis y) {
        for (double tick : y.ticks(5)) {
            svg.line("grid", LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick));
            svg.text("tick", "end", LEFT - 8, y.at(tick) + 4, Axis.label(tick));
        }
        for (double tick : x.ticks(8)) {
            svg.text("tick", "middle", x.at(tick), HEIGHT - BOTTOM + 18, Axis.label(tick));
        }
        svg.text("axis", "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "seconds");
        svg.text("axis", "start", 4, TOP - 4, "clicks per page");
    }

    private static String path(List<Sample> samples, ToDoubleFunction<Sample> value, Axis x, Axis y) {
        return samples.stream()
                .filter(sample -> Double.isFinite(value.applyAsDouble(sample)))
                .map(sample ->
                        OnlineWords.format("%.1f %.1f", x.at(sample.seconds()), y.at(value.applyAsDouble(sample))))
                .collect(Collectors.joining("L", "M", ""));
    }
}
