package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Standing;
import io.afterlearner.schemas.StandingHold;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the judging instance writes to the topic of standings. */
class StandingTest extends TopologyFixture {
    private static final long SECOND = 1_000;
    private static final long REPEAT = 10 * SECOND;

    private List<Standing> written() {
        return topology.read(Topics.STANDINGS, Standing.class);
    }

    private Standing only() {
        List<Standing> all = written();
        assertEquals(1, all.size(), all.toString());
        return all.get(0);
    }

    @Test
    void aStandingIsWrittenOncePerSecondHoweverOftenItChanged() {
        createWithACandidate();
        exposed("a");
        exposed("b");
        topology.passes(WINDOW_MILLIS + 2 * SECOND);
        List<Standing> first = written();

        Standing counted = first.get(first.size() - 1);
        assertEquals("s", counted.getStudy());
        assertEquals(StandingHold.NONE, counted.getHold());
        assertEquals(2, counted.getExplored());
        assertEquals(1, counted.getTrials().get(0).getCandidate());
        assertEquals(2, counted.getTrials().get(0).getExposures());
        assertEquals(0, counted.getControl().getExposures());
        assertNull(counted.getControl().getLevel());
        for (int i = 1; i < first.size(); i++) {
            assertTrue(first.get(i).getAsOfMillis() - first.get(i - 1).getAsOfMillis() >= SECOND, first.toString());
        }

        for (int i = 0; i < 20; i++) {
            topology.exposed("s", "c" + i, Arm.EXPLORE, 1, 100);
            topology.passes(100);
        }
        topology.passes(2 * SECOND);
        List<Standing> later = written();
        assertTrue(later.size() >= 2 && later.size() <= 4, later.toString());
        assertEquals(22, later.get(later.size() - 1).getExplored());
    }

    @Test
    void anUnchangedStandingIsWrittenAgainSoThatItsAgeSaysThatTheStudyIsJudged() {
        createWithACandidate();
        topology.passes(SECOND);
        Standing first = only();

        topology.passes(REPEAT - SECOND);
        assertEquals(List.of(), written());
        topology.passes(SECOND);

        Standing again = only();
        assertEquals(first.getAsOfMillis() + REPEAT, again.getAsOfMillis());
        assertTrue(again.getRevision() > first.getRevision());
        assertEquals(first.getTrials(), again.getTrials());
    }

    @Test
    void aDeletedStudyEndsWithATombstoneAndIsNotWrittenAgain() {
        createWithACandidate();
        topology.passes(SECOND);
        written();

        topology.send(Topics.STUDIES, "s", null);
        topology.passes(2 * REPEAT);

        List<byte @Nullable []> after = topology.read(Topics.STANDINGS);
        assertEquals(1, after.size());
        assertNull(after.get(0));
    }

    @Test
    void aStudyThatIsCreatedAgainHasAStandingOfItsOwn() {
        createWithACandidate();
        topology.passes(SECOND);
        topology.send(Topics.STUDIES, "s", null);
        topology.create(StudySpec.newBuilder(SPEC).setIncarnation(9).build());
        topology.read(Topics.STANDINGS);
        topology.passes(SECOND);

        assertEquals(9, only().getIncarnation());
    }

    /** Such as an instance that does not know yet that another one judges the study, or a writer that is none of ours. */
    @Test
    void aRecordOfAnotherWriterIsOvertakenWithinASecond() {
        createWithACandidate();
        topology.passes(SECOND);
        Standing own = only();
        topology.standings.seen("s", own);
        topology.passes(SECOND);
        assertEquals(List.of(), written());

        for (Standing other : List.of(
                Standing.newBuilder(own).setRevision(own.getRevision() + 100).build(),
                Standing.newBuilder(own).setRevision(Long.MAX_VALUE).build(),
                Standing.newBuilder(own).setIncarnation(9).build())) {
            topology.standings.seen("s", other);
            topology.passes(SECOND);
            Standing answer = only();
            assertEquals(0, answer.getIncarnation());
            assertEquals(own.getTrials(), answer.getTrials());
            if (other.getIncarnation() == 0) {
                assertEquals(other.getRevision() + 1, answer.getRevision());
            }
            topology.standings.seen("s", answer);
        }
    }
}
