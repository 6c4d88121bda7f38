package io.afterlearner.report.chart;

import io.afterlearner.report.result.HistoryEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Loss over candidates: a dot per told candidate, a line for the best so far, a dashed line for the shipped model. */
public final class LossChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 320;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 16;
    private static final int BOTTOM = 44;
    /** More dots than this overlap and only make the file larger. */
    private static final int MAX_DOTS = 3_000;

    private LossChart() {}

    public static String of(List<HistoryEntry> entries, double baseline) {
        List<HistoryEntry> told =
                entries.stream().filter(entry -> entry.loss() != null).toList();
        double[] losses = told.stream().mapToDouble(LossChart::loss).toArray();
        long last = entries.isEmpty()
                ? 1
                : Math.max(1, entries.get(entries.size() - 1).number());
        Axis x = Axis.of(0, (double) last, LEFT, WIDTH - RIGHT);
        Axis y = vertical(losses, baseline);
        Svg svg = new Svg(WIDTH, HEIGHT, "Loss over candidates, with the best so far and the shipped model");
        svg.frame(x, y, 8, 5);
        svg.text("axis", "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "candidate");
        svg.text("axis", "start", 4, TOP - 4, "loss");
        dots(svg, told, x, y);
        svg.line("baseline", LEFT, y.at(baseline), WIDTH - RIGHT, y.at(baseline));
        svg.path("best", bestSoFar(told, x, y));
        return svg.toString();
    }

    /** Whether a loss is so high that its dot is drawn fainter, at the chart's edge. */
    public static boolean hasFar(List<HistoryEntry> entries, double baseline) {
        double[] losses = entries.stream()
                .filter(entry -> entry.loss() != null)
                .mapToDouble(LossChart::loss)
                .toArray();
        Axis y = vertical(losses, baseline);
        return Arrays.stream(losses).anyMatch(loss -> !y.holds(loss));
    }

    /** From just below the best loss to just above the shipped model's and most losses; outliers are drawn at the edge. */
    private static Axis vertical(double[] losses, double baseline) {
        double[] sorted = losses.clone();
        Arrays.sort(sorted);
        double least = sorted.length == 0 ? baseline : Math.min(baseline, sorted[0]);
        double most = sorted.length == 0 ? baseline : sorted[(int) (0.95 * (sorted.length - 1))];
        double high = Math.max(baseline, Math.min(most, baseline + 3 * (baseline - least) + 1e-12));
        double room = 0.08 * (high - least);
        return Axis.of(least - room, high + room, HEIGHT - BOTTOM, TOP);
    }

    private static void dots(Svg svg, List<HistoryEntry> told, Axis x, Axis y) {
        int every = Math.max(1, told.size() / MAX_DOTS);
        for (int i = 0; i < told.size(); i += every) {
            HistoryEntry entry = told.get(i);
            boolean inside = y.holds(loss(entry));
            svg.dot(inside ? "dot" : "dot far", x.at((double) entry.number()), y.at(loss(entry)), inside ? 2.4 : 1.6);
        }
    }

    private static String bestSoFar(List<HistoryEntry> told, Axis x, Axis y) {
        StringBuilder path = new StringBuilder();
        double best = Double.POSITIVE_INFINITY;
        for (HistoryEntry entry : told) {
            if (loss(entry) < best) {
                best = loss(entry);
                String to = path.isEmpty() ? "M%.1f %.1f" : "H%.1fV%.1f";
                path.append(String.format(Locale.ROOT, to, x.at((double) entry.number()), y.at(best)));
            }
        }
        if (!path.isEmpty()) {
            path.append(String.format(Locale.ROOT, "H%.1f", x.to()));
        }
        return path.toString();
    }

    private static double loss(HistoryEntry entry) {
        Double loss = entry.loss();
        return loss == null ? Double.NaN : loss;
    }
}
