package io.afterlearner.report.chart;

import io.afterlearner.report.words.Numbers;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.space.AlephNames;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * ℵ of the shipped model and of the best candidate: a row per parameter if there are few, else a histogram of their
 * changes.
 */
public final class AlephChart {
    private static final int MAX_SINGLE = 40;
    private static final int WIDTH = 760;
    private static final int LEFT = 190;
    private static final int RIGHT = 190;
    private static final int ROW = 24;
    private static final int BINS = 41;

    private AlephChart() {}

    /** Whether {@link #of} draws one row per parameter rather than a histogram. */
    public static boolean isSingle(List<Double> values) {
        return values.size() <= MAX_SINGLE;
    }

    public static String of(List<AlephGroup> groups, List<Double> before, List<Double> after) {
        return isSingle(before) ? single(groups, before, after) : histogram(before, after);
    }

    /** A row per parameter, drawn across its range, or across twice its change if the range is open. */
    private static String single(List<AlephGroup> groups, List<Double> before, List<Double> after) {
        List<String> names = AlephNames.of(groups);
        List<AlephGroup> owner = owners(groups);
        Svg svg = new Svg(WIDTH, 28 + before.size() * ROW, "ℵ values of the shipped model and of the candidate");
        svg.text("axis", "middle", (LEFT + WIDTH - RIGHT) / 2.0, 14, "across each parameter's range");
        for (int i = 0; i < before.size(); i++) {
            double y = 28 + i * ROW + ROW / 2.0;
            Axis x = range(owner.get(i), before.get(i), after.get(i));
            boolean log = owner.get(i).getLog();
            double from = x.at(place(log, before.get(i)));
            double to = x.at(place(log, after.get(i)));
            svg.text("label", "end", LEFT - 14, y + 4, shorten(names.get(i)));
            svg.line("grid", LEFT, y, WIDTH - RIGHT, y);
            svg.line("whisker after", from, y, to, y);
            svg.circle("mark before", from, y, 4.5, "shipped: " + before.get(i));
            svg.circle("mark after", to, y, 4.5, "candidate: " + after.get(i));
            String values = Numbers.of(before.get(i)) + " → " + Numbers.of(after.get(i));
            svg.text("value", "start", WIDTH - RIGHT + 14, y + 4, values.replace('-', '−'));
        }
        return svg.toString();
    }

    private static Axis range(AlephGroup group, double before, double after) {
        boolean log = group.getLog();
        double span = Math.max(Math.abs(place(log, after) - place(log, before)), 1e-9);
        int choices = group.getChoices().size();
        if (choices > 0) {
            return Axis.of(0, choices - 1, LEFT, WIDTH - RIGHT);
        }
        Double low = group.getLow();
        Double high = group.getHigh();
        double from = open(low) ? place(log, Math.min(before, after)) - span : place(log, low);
        double to = open(high) ? place(log, Math.max(before, after)) + span : place(log, high);
        return Axis.of(from, to, LEFT, WIDTH - RIGHT);
    }

    private static boolean open(@Nullable Double end) {
        return end == null || Double.isInfinite(end);
    }

    private static double place(boolean log, double value) {
        return log ? Math.log(value) : value;
    }

    private static List<AlephGroup> owners(List<AlephGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.getInitial().stream().map(value -> group))
                .toList();
    }

    private static String histogram(List<Double> before, List<Double> after) {
        double[] moves = IntStream.range(0, before.size())
                .mapToDouble(i -> after.get(i) - before.get(i))
                .toArray();
        double most = Math.max(DoubleStream.of(moves).map(Math::abs).max().orElse(1), 1e-12);
        int[] counts = new int[BINS];
        for (double move : moves) {
            counts[Math.min(BINS - 1, (int) ((move + most) / (2 * most) * BINS))]++;
        }
        return bars(counts, most);
    }

    private static String bars(int[] counts, double most) {
        int height = 220;
        int bottom = height - 44;
        int highest = Arrays.stream(counts).max().orElse(1);
        Axis x = Axis.of(-most, most, 56, WIDTH - 16);
        Axis y = Axis.of(0, highest, bottom, 16);
        Svg svg = new Svg(WIDTH, height, "How far the ℵ-parameters moved");
        svg.frame(x, y, 6, 4);
        double width = (x.to() - x.from()) / counts.length;
        for (int bin = 0; bin < counts.length; bin++) {
            double top = y.at(counts[bin]);
            svg.rectangle("bar", x.from() + bin * width + 1, top, width - 2, bottom - top, counts[bin] + " parameters");
        }
        svg.text("axis", "middle", WIDTH / 2.0, height - 6, "candidate − shipped, in parameter units");
        return svg.toString();
    }

    private static String shorten(String name) {
        return name.length() <= 26 ? name : "…" + name.substring(name.length() - 25);
    }
}
