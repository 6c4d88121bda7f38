package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.shell.ripening.RipenedExposures;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Candidates are told by what is reported within half a second, counted half a second later; the window is two seconds. */
class EarlyTest extends TopologyFixture {
    private static final String RIPE = "feedback-" + RipenedExposures.TOPIC + "-repartition";
    private static final StudySpec EARLY = Specs.study("s", online());

    /** After it a service that was restarted and gets no records follows the wall clock. */
    private static final long QUIET_MILLIS = 8_000;

    private static OnlineSpec online() {
        return OnlineSpec.newBuilder(Specs.online(WINDOW_MILLIS, 100, 0, List.of()))
                .setTellAfterMillis(500)
                .build();
    }

    @BeforeEach
    void create() {
        topology.create(EARLY);
        topology.send(Specs.asked("s", 1, 0.5));
    }

    private List<RipenedExposures> sent() {
        return topology.read(RIPE).stream()
                .flatMap(bytes -> RipenedExposures.JSON.decode(bytes).stream())
                .toList();
    }

    /** Such as {@code early 1: 0.5}, one exposure with half a click. */
    private static String text(RipenedExposures sent) {
        return (sent.early() ? "early " : "whole ")
                + sent.totals().exposures() + ": "
                + sent.totals().goal().sums().sum();
    }

    private List<String> texts() {
        return sent().stream().map(EarlyTest::text).toList();
    }

    @Test
    void anExposureIsCountedEarlyAndAgainWithAllItsReports() {
        Assignment one = exposed("a");
        Assignment other = exposed("b");
        topology.reported(one, "e", "click", 1);
        topology.passes(1_250);
        assertEquals(List.of("early 2: 1.0"), texts());

        topology.reported(other, "e", "click", 1);
        topology.passes(WINDOW_MILLIS);
        assertEquals(List.of("whole 2: 2.0"), texts());
    }

    /** What was counted early stays as it was. */
    @Test
    void aReportAfterTheWindowCorrectsWholeWindows() {
        Assignment one = exposed("a");
        long happened = topology.nowMillis;
        topology.passes(WINDOW_MILLIS + 1_250);
        assertEquals(List.of("early 1: 0.0", "whole 1: 0.0"), texts());

        topology.nowMillis = happened;
        topology.reported(one, "e", "click", 1);
        assertEquals(List.of("whole 0: 1.0"), texts());
        assertEquals(1, topology.counted("late"));
    }

    @Test
    void aRestartCountsNothingTwice() {
        Assignment one = exposed("a");
        topology.reported(one, "e", "click", 1);
        topology.passes(1_250);
        assertEquals(List.of("early 1: 1.0"), texts());
        restart(EARLY);
        topology.passes(WINDOW_MILLIS + QUIET_MILLIS);
        assertEquals(List.of("whole 1: 1.0"), texts());
    }

    @Test
    void aRestartBeforeItLosesNothing() {
        topology.reported(exposed("a"), "e", "click", 1);
        restart(EARLY);
        topology.passes(WINDOW_MILLIS + QUIET_MILLIS);
        assertEquals(List.of("early 1: 1.0", "whole 1: 1.0"), texts());
    }

    /** It is counted for candidates by what was reported until it came. */
    @Test
    void anExposureThatIsReportedLateIsCountedEarlyAtOnce() {
        Assignment late = TestedTopology.assignment(
                "s",
                "a",
                io.afterlearner.schemas.Arm.EXPLORE,
                1,
                topology.nowMillis,
                topology.nowMillis + WINDOW_MILLIS);
        topology.passes(1_500);
        topology.reported(late, "e", "click", 1);
        topology.passes(500);
        assertEquals(List.of("early 1: 1.0"), texts());
        topology.passes(WINDOW_MILLIS);
        assertEquals(List.of("whole 1: 1.0"), texts());
    }

    @Test
    void aForgottenUnitIsCountedNoMore() {
        topology.reported(exposed("ab1-1"), "e", "click", 1);
        topology.passes(1_250);
        assertEquals(1, sent().size());
        topology.headers = new RecordHeaders()
                .add(
                        "afterlearner-forget-until",
                        Long.toString(topology.nowMillis + WINDOW_MILLIS).getBytes(StandardCharsets.UTF_8));
        topology.send(Topics.EXPOSURES, "ab1-", null);
        topology.passes(WINDOW_MILLIS);
        assertEquals(List.of(), texts());
    }
}
