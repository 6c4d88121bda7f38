package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.clients.ClientSums;
import io.afterlearner.feedback.core.judge.Hold;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RipeningProcessorTest extends TopologyFixture {
    @BeforeEach
    void create() {
        createWithACandidate();
    }

    private long exposures() {
        return topology.standings.of("s").orElseThrow().trials().get(0).own().exposures();
    }

    private double clicks() {
        return topology.standings
                .of("s")
                .orElseThrow()
                .trials()
                .get(0)
                .own()
                .goal()
                .sums()
                .sum();
    }

    @Test
    void anExposureCountsWhenItsWindowIsOver() {
        topology.reported(exposed("a"), "e", "click", 1);
        topology.passes(WINDOW_MILLIS);
        assertEquals(0, exposures());

        topology.passes(1_500);

        assertEquals(1, exposures());
        assertEquals(1, clicks());
    }

    @Test
    void aReportProvesAnExposureWhoseRecordIsLost() {
        Assignment lost = TestedTopology.assignment(
                "s", "a", Arm.EXPLORE, 1, topology.nowMillis, topology.nowMillis + WINDOW_MILLIS);
        topology.reported(lost, "e", "click", 1);
        topology.passes(WINDOW_MILLIS + 1_500);
        assertEquals(1, exposures());
    }

    /** Whoever may write the topic must not be able to make up exposures of an arm. */
    @Test
    void anExposureWithoutItsTokenDoesNotCount() {
        Assignment one = TestedTopology.assignment(
                "s", "a", Arm.EXPLORE, 1, topology.nowMillis, topology.nowMillis + WINDOW_MILLIS);
        Assignment other = TestedTopology.assignment(
                "s", "b", Arm.EXPLORE, 1, topology.nowMillis, topology.nowMillis + WINDOW_MILLIS);
        for (String token : List.of("", "made.up", topology.tokens.sign(other))) {
            Exposure forged =
                    Exposure.newBuilder(topology.exposure(one)).setToken(token).build();
            topology.send(Topics.EXPOSURES, "a", TestedTopology.encoded(forged));
        }
        topology.passes(WINDOW_MILLIS + 1_500);

        assertEquals(3, topology.read(Topics.DEAD_LETTERS, DeadLetter.class).size());
        assertEquals(0, Metered.count(topology.registry, "exposures"));
    }

    @Test
    void aUnitOutsideOfTheComparisonDoesNotCountAndItsReportsAreNoDeadLetters() {
        Assignment uncounted = topology.exposed("s", "a", Arm.UNCOUNTED, 0, WINDOW_MILLIS);
        topology.reported(uncounted, "e", "click", 1);
        topology.passes(WINDOW_MILLIS + 1_500);

        assertEquals(1, topology.counted("uncounted"));
        assertEquals(0, Metered.count(topology.registry, "exposures"));
        assertEquals(0, topology.read(Topics.DEAD_LETTERS, DeadLetter.class).size());
    }

    @Test
    void aReportOfAMetricThatTheStudyDoesNotHaveDoesNotCount() {
        topology.reported(exposed("a"), "e", "clicks", 1);
        assertEquals(0, topology.counted("counted"));
        assertEquals(1, topology.counted("unknown_metric"));
    }

    @Test
    void aRepeatedReportCountsOnce() {
        Assignment assignment = exposed("a");
        topology.reported(assignment, "e", "click", 1);
        topology.reported(assignment, "e", "click", 1);
        assertEquals(1, topology.counted("counted"));
        assertEquals(1, topology.counted("duplicate"));
    }

    /** Otherwise a client could change what another one measured, by asking for the same units. */
    @Test
    void aReportWithTheTokenOfAnotherClientDoesNotCount() {
        Assignment assignment = exposed("a");
        Assignment same = new Assignment(
                assignment.study(),
                assignment.id(),
                assignment.unit(),
                assignment.arm(),
                assignment.number(),
                assignment.values(),
                assignment.assignedAtMillis(),
                assignment.expiresAtMillis(),
                assignment.drawnAtMillis(),
                assignment.incarnation(),
                "poisoner");
        topology.reported(same, "e", "click", 1);
        topology.passes(WINDOW_MILLIS + 1_500);
        assertEquals(1, topology.counted("other_client"));
        assertEquals(1, exposures());
        assertEquals(0, clicks());
    }

    @Test
    void theJudgeLearnsWhoAskedForAnAssignment() {
        Assignment control = TestedTopology.assignment(
                "s", "a", Arm.CONTROL, 0, topology.nowMillis, topology.nowMillis + WINDOW_MILLIS);
        topology.send(Topics.EXPOSURES, "a", TestedTopology.encoded(topology.exposure(control)));
        topology.passes(WINDOW_MILLIS + 1_500);
        assertEquals(
                List.of("shop"),
                topology.standings.of("s").orElseThrow().watch().champion().clients().sums().stream()
                        .map(ClientSums.Sums::client)
                        .toList());
    }

    @Test
    void aGuardrailThatNobodyReportsHoldsExplorationUntilSomebodyDoes() {
        for (int i = 0; i < 30; i++) {
            topology.reported(topology.exposed("s", "c" + i, Arm.CONTROL, 0, WINDOW_MILLIS), "e", "click", 1);
        }
        topology.passes(WINDOW_MILLIS + 1_500);
        assertEquals(Hold.NONE, hold());
        topology.passes(WINDOW_MILLIS + 1_000);
        assertEquals(Hold.NO_REPORTS, hold());
        List<ArmsChange> changes = topology.read(Topics.AUDIT, ArmsChange.class);
        String reason = changes.get(changes.size() - 1).getReason();
        assertTrue(reason.startsWith("no report of latency for 30 exposures of control"), reason);

        topology.reported(topology.exposed("s", "d", Arm.CONTROL, 0, WINDOW_MILLIS), "e", "latency", 100);
        topology.passes(WINDOW_MILLIS + 1_500);
        assertEquals(Hold.NONE, hold());
    }

    private Hold hold() {
        return topology.standings.of("s").orElseThrow().hold();
    }

    /** However often a unit asks and reports, it is one observation of its horizon. */
    @Test
    void aUnitCountsOncePerHorizon() {
        for (int i = 0; i < 50; i++) {
            topology.reported(exposed("a"), "e" + i, "click", 1);
        }
        topology.passes(WINDOW_MILLIS + 1_500);
        assertEquals(1, exposures());
        assertEquals(1, clicks());
    }

    @Test
    void oneEventCountsOncePerMetric() {
        Assignment assignment = exposed("a");
        for (int times = 0; times < 2; times++) {
            topology.reported(assignment, "e", "click", 1);
            topology.reported(assignment, "e", "latency", 100);
        }
        assertEquals(2, topology.counted("counted"));
        assertEquals(2, topology.counted("duplicate"));
    }

    @Test
    void longIdsThatDifferCountEach() {
        Assignment assignment = exposed("a");
        topology.reported(assignment, "x".repeat(1_000) + "a", "click", 1);
        topology.reported(assignment, "x".repeat(1_000) + "b", "click", 1);
        topology.reported(assignment, "x".repeat(1_000) + "b", "click", 1);
        assertEquals(2, topology.counted("counted"));
        assertEquals(1, topology.counted("duplicate"));
    }

    @Test
    void anExposureWhoseTimeIsOverIsCountedAsExpired() {
        topology.passes(60_000);
        topology.nowMillis -= 30_000;
        exposed("late");
        assertEquals(1, Metered.count(topology.registry, "expired.exposures"));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 1L << 62, Long.MAX_VALUE})
    void anExposureAtAnImpossibleTimeIsADeadLetter(long atMillis) {
        long now = topology.nowMillis;
        topology.send(
                Topics.EXPOSURES,
                "a",
                TestedTopology.encoded(topology.exposure(
                        TestedTopology.assignment("s", "a", Arm.EXPLORE, 1, atMillis, atMillis + WINDOW_MILLIS))));
        topology.send(
                Topics.EXPOSURES,
                "b",
                TestedTopology.encoded(
                        topology.exposure(TestedTopology.assignment("s", "b", Arm.EXPLORE, 1, now, atMillis))));
        assertEquals(2, topology.read(Topics.DEAD_LETTERS, DeadLetter.class).size());
        assertEquals(0, Metered.count(topology.registry, "exposures"));
    }

    @Test
    void aReportAfterRipeningCorrects() {
        Assignment assignment = exposed("a");
        long happened = topology.nowMillis;
        topology.passes(WINDOW_MILLIS + 1_500);
        assertEquals(0, clicks());

        long now = topology.nowMillis;
        topology.nowMillis = happened;
        topology.reported(assignment, "e", "click", 1);
        topology.nowMillis = now;

        assertEquals(1, topology.counted("late"));
        assertEquals(1, exposures());
        assertEquals(1, clicks());
    }

    @Test
    void anExposureOfADeletedStudyDoesNotCount() {
        Assignment assignment = exposed("a");
        long happened = topology.nowMillis;
        topology.studies.remove("s");
        topology.send(Topics.STUDIES, "s", null);
        topology.passes(WINDOW_MILLIS + 1_500);
        topology.nowMillis = happened;
        topology.reported(assignment, "e", "click", 1);
        assertEquals(true, topology.standings.of("s").isEmpty());
    }

    @Test
    void exposuresAndReportsOfADeletedIncarnationDoNotCount() {
        Assignment before = exposed("a");
        topology.reported(before, "e", "click", 1);
        StudySpec spec = topology.studies.study("s").orElseThrow().spec();
        topology.studies.remove("s");
        topology.send(Topics.STUDIES, "s", null);
        topology.create(StudySpec.newBuilder(spec).setIncarnation(9).build());
        topology.send(TrialEvent.newBuilder(Specs.asked("s", 1, 0.5))
                .setIncarnation(9)
                .build());
        topology.reported(before, "f", "click", 1);
        topology.passes(WINDOW_MILLIS + 1_500);

        assertEquals(0, exposures());
        assertEquals(0, clicks());
    }

    @Test
    void aTombstoneIsIgnored() {
        topology.send(Topics.EXPOSURES, "a", null);
        topology.send(Topics.FEEDBACK, "a", null);
        assertEquals(List.of(), topology.read(Topics.DEAD_LETTERS, DeadLetter.class));
    }

    @Test
    void aForgedReportIsADeadLetter() {
        Assignment assignment = exposed("a");
        Assignment other = exposed("b");
        topology.send(
                Topics.FEEDBACK,
                "a",
                TestedTopology.encoded(new io.afterlearner.schemas.Feedback(
                        assignment.id(), "e", "s", 1L, "click", 1.0, topology.nowMillis, topology.tokens.sign(other))));
        assertEquals(1, Metered.count(topology.registry, "forged.reports"));
        assertEquals(1, topology.read(Topics.DEAD_LETTERS, DeadLetter.class).size());
    }
}
