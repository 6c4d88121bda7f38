package io.afterlearner.local.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.stack.StudyProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static StudyProgress view(long told, String status) {
        return new StudyProgress("s", status, null, 1, 0.25, 0.5, 300, told + 8, told, 0, 0, 8L, "gpu", null, null);
    }

    @Test
    void aLineShowsProgressBestLossRateAndTimeLeft() {
        assertEquals(
                "150/300  best 0.25 vs shipped 0.5 (−50.0 %)  10/s  15 s left",
                ProgressLine.line(view(150, "RUNNING"), false, 10));
        assertEquals(
                "150/300  best 0.25 vs shipped 0.5 (−50.0 %)  0.5/s  5 min 0 s left",
                ProgressLine.line(view(150, "RUNNING"), false, 0.5));
    }

    @Test
    void anOnlineStudysLossIsADifferenceFromControl() {
        StudyProgress better =
                new StudyProgress("s", "RUNNING", null, 7, -0.25, 0.01, 300, 20, 10, 0, 0, 0L, "online", null, null);
        assertEquals("10/300  best 0.25 better than control", ProgressLine.line(better, true, 0));
        assertEquals("150/300", ProgressLine.line(view(150, "RUNNING"), true, 0));
    }

    @Test
    void theBarFitsTheColumns() {
        assertEquals("████████████░░░░░░░░░░░░ ", ProgressLine.bar(view(150, "RUNNING"), 200));
        assertEquals("█████░░░░░ ", ProgressLine.bar(view(150, "RUNNING"), 10));
        assertEquals("", ProgressLine.bar(view(150, "RUNNING"), 7));
    }

    @Test
    void afterTheFarewellNothingIsWritten() {
        StringWriter err = new StringWriter();
        ProgressLine progress = new ProgressLine(
                new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), true, false, 80), false);
        progress.show(view(150, "RUNNING"), 1);
        progress.end("interrupted");
        progress.show(view(151, "RUNNING"), 2);
        assertTrue(err.toString().endsWith("\ninterrupted" + System.lineSeparator()), err.toString());
    }

    @Test
    void withoutATerminalLinesAreFew() {
        StringWriter err = new StringWriter();
        ProgressLine progress = new ProgressLine(
                new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false, false, 80), false);
        for (int second = 0; second <= 30; second++) {
            progress.show(view(second * 5L, "RUNNING"), second * 1_000_000_000L);
        }
        progress.show(view(300, "FINISHED"), 31_000_000_000L);
        assertEquals(5, err.toString().lines().count(), err.toString());
    }

    private static StudyProgress untaken(Long evaluating) {
        return new StudyProgress("s", "RUNNING", null, 0, null, null, 300, 8, 0, 0, 0, evaluating, "gpu", null, null);
    }

    private static String shownFor(int seconds, StudyProgress view, boolean online) {
        StringWriter err = new StringWriter();
        ProgressLine progress = new ProgressLine(
                new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false, false, 80), online);
        for (int second = 0; second <= seconds; second++) {
            progress.show(view, second * 1_000_000_000L);
        }
        return err.toString().lines().collect(Collectors.joining("|"));
    }

    @Test
    void aStudyThatNoEvaluatorTakesSaysWhichPoolItWaitsFor() {
        assertEquals("0/300|0/300  waiting for an evaluator of pool gpu", shownFor(60, untaken(0L), false));
        assertEquals("0/300", shownFor(4, untaken(0L), false));
    }

    @Test
    void longEvaluationsUsersAndOlderOptimizersAreNotWaitedFor() {
        assertEquals("0/300", shownFor(60, untaken(1L), false));
        assertEquals("0/300", shownFor(60, untaken(0L), true));
        assertEquals("0/300", shownFor(60, untaken(null), false));
    }

    @Test
    void aLineIsNeverWiderThanTheTerminal() {
        StringWriter err = new StringWriter();
        new ProgressLine(new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), true, false, 40), false)
                .show(view(150, "RUNNING"), 1);
        assertEquals(39, err.toString().replace("\r\u001b[K", "").length());
    }
}
