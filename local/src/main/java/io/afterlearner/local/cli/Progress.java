package io.afterlearner.local.cli;

import io.afterlearner.local.report.Numbers;
import io.afterlearner.local.stack.StudyView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** How a study goes on, as one living line on a terminal, else as a line now and then. */
final class Progress {
    private static final int BAR = 24;
    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final long PLAIN_EVERY_NANOS = 10_000_000_000L;
    private static final int MOST_MARKS = 1_000;

    /** How many had ended at a time. */
    private record Mark(long nanos, long ended) {}

    private final Console console;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long printedNanos;
    private long printedEnded = -1;
    private boolean open;

    Progress(Console console) {
        this.console = console;
    }

    void show(StudyView view, long nowNanos) {
        double rate = rate(view, nowNanos);
        if (console.live()) {
            console.err().print("\r\u001b[K" + clipped(line(view, rate, true)));
            console.err().flush();
            open = true;
            return;
        }
        boolean due = printedEnded < 0 || nowNanos - printedNanos >= PLAIN_EVERY_NANOS || view.isOver();
        if (due && view.ended() != printedEnded) {
            console.note(line(view, rate, false));
            printedNanos = nowNanos;
            printedEnded = view.ended();
        }
    }

    /** Leaves the living line as it is. */
    void end() {
        if (open) {
            console.note("");
            open = false;
        }
    }

    /** Candidates a second over the last ten seconds; NaN before two sights. */
    private double rate(StudyView view, long nowNanos) {
        marks.addLast(new Mark(nowNanos, view.ended()));
        while (marks.size() > 2 && (nowNanos - marks.getFirst().nanos() > WINDOW_NANOS || marks.size() > MOST_MARKS)) {
            marks.removeFirst();
        }
        Mark first = marks.getFirst();
        double seconds = (nowNanos - first.nanos()) / 1e9;
        return seconds > 0 ? (view.ended() - first.ended()) / seconds : Double.NaN;
    }

    static String line(StudyView view, double rate, boolean bar) {
        StringBuilder line = new StringBuilder();
        if (bar) {
            int full = (int) Math.min(BAR, view.ended() * BAR / Math.max(1, view.budget()));
            line.append("█".repeat(full)).append("░".repeat(BAR - full)).append(' ');
        }
        line.append(view.ended()).append('/').append(view.budget());
        Double best = view.loss();
        Double baseline = view.baselineLoss();
        if (best != null && baseline != null) {
            String change = Numbers.change(baseline, best);
            line.append("  best ").append(Numbers.of(best));
            line.append(" vs baseline ").append(Numbers.of(baseline));
            line.append(change.isEmpty() ? "" : " (" + change + ")");
        }
        if (view.isPaused()) {
            return line.append("  paused").toString();
        }
        if (rate > 0) {
            line.append("  ").append(speed(rate));
            line.append("  ").append(left((view.budget() - view.ended()) / rate));
        }
        return line.toString();
    }

    private static String speed(double rate) {
        return rate >= 10
                ? Math.round(rate) + "/s"
                : rate >= 0.1
                        ? String.format(Locale.ROOT, "%.1f/s", rate)
                        : String.format(Locale.ROOT, "%.1f/min", rate * 60);
    }

    private static String left(double seconds) {
        long whole = Math.round(Math.ceil(seconds));
        if (whole < 60) {
            return whole + " s left";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s left"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min left";
    }

    /** A line longer than the terminal would not be overwritten. */
    private String clipped(String line) {
        int most = Math.max(20, console.columns() - 1);
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }
}
