package io.afterlearner.local.cli.session;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.report.words.Numbers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** The progress of a study: one line that is overwritten on a terminal, else a new line now and then. */
public final class ProgressLine {
    private static final int MAX_BAR = 24;
    private static final int MIN_BAR = 8;
    private static final int MIN_ENDED_FOR_ESTIMATE = 10;
    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final long PLAIN_EVERY_NANOS = 10_000_000_000L;
    private static final int MAX_MARKS = 1_000;
    /** Longer than an evaluator works on a candidate before it says so. */
    private static final long QUIET_NANOS = 5_000_000_000L;

    /** How many candidates had ended at a time. */
    private record Mark(long nanos, long ended) {}

    private final Console console;
    private final boolean online;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long printedNanos;
    private long printedEnded = -1;
    /** The first look at the current number of candidates that have ended. */
    private Mark latest = new Mark(0, -1);

    private boolean printedWaiting;
    private boolean open;
    private boolean ended;

    /** @param online whether losses are differences from control */
    public ProgressLine(Console console, boolean online) {
        this.console = console;
        this.online = online;
    }

    public synchronized void show(StudyProgress view, long nowNanos) {
        if (ended) {
            return;
        }
        double rate = rate(view, nowNanos);
        String line = line(view, online, rate) + waiting(view, nowNanos);
        if (console.live()) {
            // A line longer than the terminal would not be overwritten.
            int most = Math.max(20, console.columns() - 1);
            console.overwrite(bar(view, most - line.length() - 1) + clipped(line, most));
            open = true;
            return;
        }
        plain(view, line, nowNanos);
    }

    private void plain(StudyProgress view, String line, long nowNanos) {
        boolean waits = isQuiet(view, nowNanos);
        boolean due = printedEnded < 0 || nowNanos - printedNanos >= PLAIN_EVERY_NANOS || view.isOver();
        if (due && (view.ended() != printedEnded || (waits && !printedWaiting))) {
            console.note(line);
            printedNanos = nowNanos;
            printedEnded = view.ended();
            printedWaiting = waits;
        }
    }

    /** What the study waits for; empty if evaluators work on it, or users do. */
    private String waiting(StudyProgress view, long nowNanos) {
        return isQuiet(view, nowNanos)
                ? "  waiting for an evaluator" + (view.pool() == null ? "" : " of pool " + view.pool())
                : "";
    }

    /** Whether nothing has ended for a while, although no evaluator works on a candidate. */
    private boolean isQuiet(StudyProgress view, long nowNanos) {
        if (view.ended() != latest.ended()) {
            latest = new Mark(nowNanos, view.ended());
        }
        return !online && view.isWaiting() && nowNanos - latest.nanos() >= QUIET_NANOS;
    }

    /** Ends the line, so that the next output starts on a new one. */
    public synchronized void end() {
        if (open) {
            console.note("");
            open = false;
        }
    }

    /** Like the other, then prints a last line and ignores all later progress. */
    public synchronized void end(String last) {
        end();
        console.note(last);
        ended = true;
    }

    /** Candidates per second over the last ten seconds; NaN for the first call. */
    private double rate(StudyProgress view, long nowNanos) {
        marks.addLast(new Mark(nowNanos, view.ended()));
        while (marks.size() > 2 && (nowNanos - marks.getFirst().nanos() > WINDOW_NANOS || marks.size() > MAX_MARKS)) {
            marks.removeFirst();
        }
        Mark first = marks.getFirst();
        double seconds = (nowNanos - first.nanos()) / 1e9;
        return seconds > 0 ? (view.ended() - first.ended()) / seconds : Double.NaN;
    }

    /** A bar of at most so many columns, followed by a space; empty if there is no room for one. */
    static String bar(StudyProgress view, int columns) {
        int length = Math.min(MAX_BAR, columns);
        if (length < MIN_BAR) {
            return "";
        }
        int full = (int) Math.min(length, view.ended() * length / Math.max(1, view.budget()));
        return "█".repeat(full) + "░".repeat(length - full) + " ";
    }

    static String line(StudyProgress view, boolean online, double rate) {
        String line = view.ended() + "/" + view.budget() + (online ? againstControl(view) : againstShipped(view));
        if (view.isPaused()) {
            return line + "  paused";
        }
        if (!(rate > 0)) {
            return line;
        }
        // The first candidates wait for the services to warm up: their rate predicts nothing.
        String left = view.ended() < MIN_ENDED_FOR_ESTIMATE ? "" : "  " + left((view.budget() - view.ended()) / rate);
        return line + "  " + speed(rate) + left;
    }

    private static String againstShipped(StudyProgress view) {
        Double best = view.loss();
        Double baseline = view.baselineLoss();
        if (best == null || baseline == null) {
            return "";
        }
        String change = Numbers.change(baseline, best);
        return "  best " + Numbers.of(best) + " vs shipped " + Numbers.of(baseline)
                + (change.isEmpty() ? "" : " (" + change + ")");
    }

    private static String againstControl(StudyProgress view) {
        Double best = view.loss();
        return best != null && best < 0 ? "  best " + Numbers.of(-best) + " better than control" : "";
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

    private static String clipped(String line, int most) {
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }
}
