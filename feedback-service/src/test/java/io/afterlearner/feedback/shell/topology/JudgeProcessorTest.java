package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.Specs;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsGroup;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeProcessorTest extends TopologyFixture {
    private List<Arms> arms() {
        return topology.read(Topics.ARMS, Arms.class);
    }

    @Test
    void aStudyBeginsWithItsSpecAndServesItsCandidates() {
        topology.create(SPEC);
        topology.send(Specs.asked("s", 1, 0.5));

        List<Arms> arms = arms();
        assertEquals(2, arms.size());
        assertEquals(1, arms.get(1).getSlots().get(0).getNumber());
        assertTrue(topology.standings.of("s").isPresent());
        assertEquals(List.of("click", "latency"), arms.get(1).getMetrics());
        assertEquals(List.of(new ArmsGroup("w", 1, List.of())), arms.get(1).getGroups());
    }

    @Test
    void aStudyBeginsWithTheFirstRecordAboutItEvenBeforeItsSpec() {
        topology.studies.put(SPEC);
        topology.send(Specs.asked("s", 1, 0.5));
        assertEquals(2, arms().size());

        topology.create(SPEC);

        assertEquals(0, arms().size());
    }

    @Test
    void aDeletedStudyFailsItsCandidatesAndHoldsItsArms() {
        topology.create(SPEC);
        topology.send(Specs.asked("s", 1, 0.5));

        topology.send(Topics.STUDIES, "s", null);

        List<Arms> arms = arms();
        assertEquals(ArmsState.HOLDING, arms.get(arms.size() - 1).getState());
        Failed failed =
                (Failed) topology.read(Topics.FITNESS, Fitness.class).get(0).getOutcome();
        assertEquals(FailureKind.STUDY_STOPPED, failed.getCause().getKind());
        assertTrue(topology.standings.of("s").isEmpty());
    }

    @Test
    void theArmsOfADeletedStudyEndWithATombstone() {
        topology.create(SPEC);
        topology.send(Topics.STUDIES, "s", null);
        assertNull(last(topology.read(Topics.ARMS)));

        topology.create(later());
        assertEquals(9, last(arms()).getIncarnation());
    }

    @Test
    void armsThatAreWrittenAfterTheDeletionDoNotStay() {
        topology.create(SPEC);
        byte[] old = last(topology.read(Topics.ARMS));
        topology.send(Topics.STUDIES, "s", null);
        topology.read(Topics.ARMS);

        topology.send(Topics.ARMS, "s", old);
        List<byte @Nullable []> answer = topology.read(Topics.ARMS);
        assertEquals(1, answer.size());
        assertNull(answer.get(0));

        topology.create(later());
        arms();
        topology.send(Topics.ARMS, "s", old);
        assertEquals(9, last(arms()).getIncarnation());
    }

    @Test
    void aTombstoneOfAnotherWriterDoesNotHideTheArmsOfAStudy() {
        topology.create(SPEC);
        topology.send(Specs.asked("s", 1, 0.5));
        Arms before = last(arms());

        topology.send(Topics.ARMS, "s", null);
        topology.send(Topics.ARMS, "unknown", null);

        List<Arms> again = arms();
        assertEquals(1, again.size());
        assertEquals(before.getRevision(), again.get(0).getRevision());
        assertEquals(before.getSlots(), again.get(0).getSlots());
    }

    /** The person's record says when; the service may read it much later, or long before its clock if that was wrong. */
    @Test
    void aRevertOfAnotherWriterHoldsSinceItWasWritten() {
        topology.create(SPEC);
        topology.send(Specs.asked("s", 1, 0.5));
        Arms before = last(arms());
        topology.read(Topics.AUDIT);
        long written = topology.nowMillis + 1_000;
        Arms revert = Arms.newBuilder(before)
                .setRevision(before.getRevision() + 1)
                .setState(ArmsState.REVERTED)
                .setBy("ann")
                .setAtMillis(written)
                .build();
        topology.passes(600_000);

        topology.send(Topics.ARMS, "s", Codec.of(Arms.class).encode(revert));

        Arms after = last(arms());
        assertEquals(written, after.getAtMillis());
        ArmsChange change = last(topology.read(Topics.AUDIT, ArmsChange.class));
        assertEquals(ArmsAction.REVERT, change.getAction());
        assertEquals(written, change.getAtMillis());
    }

    private static <T> T last(List<T> records) {
        return records.get(records.size() - 1);
    }

    /** The follower may not have read the tombstone yet. */
    @Test
    void aRecordAboutADeletedStudyDoesNotReviveIt() {
        topology.create(SPEC);
        topology.send(Topics.STUDIES, "s", null);
        arms();

        topology.send(Specs.asked("s", 1, 0.5));

        assertEquals(List.of(), arms());
        assertTrue(topology.standings.of("s").isEmpty());
    }

    @Test
    void aNewStudyWithTheNameOfADeletedOneBegins() {
        topology.create(SPEC);
        topology.send(Topics.STUDIES, "s", null);
        topology.passes(1_000);
        arms();

        topology.create(StudySpec.newBuilder(SPEC)
                .setCreatedAtMillis(topology.nowMillis)
                .build());
        topology.send(Specs.asked("s", 1, 0.5));

        assertEquals(2, arms().size());
    }

    @Test
    void recordsOfADeletedIncarnationAreNotJudged() {
        topology.create(SPEC);
        topology.send(Topics.STUDIES, "s", null);
        topology.create(later());
        arms();

        topology.send(Specs.asked("s", 1, 0.5));
        assertEquals(List.of(), arms());

        topology.send(ofLater(Specs.asked("s", 1, 0.25)));
        assertEquals(List.of(9L), arms().stream().map(Arms::getIncarnation).toList());
    }

    /** The topics are not read in the order in which they were written. */
    @Test
    void aNewIncarnationBeginsEvenBeforeTheOldOnesTombstoneIsRead() {
        topology.create(SPEC);
        topology.send(Specs.asked("s", 1, 0.5));
        topology.studies.put(later());
        topology.send(ofLater(Specs.asked("s", 1, 0.25)));
        topology.send(Topics.STUDIES, "s", null);
        topology.create(later());

        List<Arms> arms = arms();
        Arms last = arms.get(arms.size() - 1);
        assertEquals(9, last.getIncarnation());
        assertEquals(List.of(0.25), last.getSlots().get(0).getValues());
        topology.send(Topics.STUDIES, "s", null);
        assertTrue(topology.standings.of("s").isEmpty());
    }

    @Test
    void aNewIncarnationBeginsWithItsFirstRecordAfterTheDeletionOfTheOldOne() {
        topology.create(SPEC);
        topology.send(Topics.STUDIES, "s", null);
        arms();
        topology.studies.put(later());
        topology.send(ofLater(Specs.asked("s", 1, 0.25)));

        assertEquals(List.of(9L, 9L), arms().stream().map(Arms::getIncarnation).toList());
    }

    private static StudySpec later() {
        return StudySpec.newBuilder(SPEC)
                // The clock was turned back before it was created.
                .setCreatedAtMillis(SPEC.getCreatedAtMillis() - 3_600_000)
                .setIncarnation(9)
                .build();
    }

    private static TrialEvent ofLater(TrialEvent event) {
        return TrialEvent.newBuilder(event).setIncarnation(9).build();
    }

    @Test
    void aTombstoneOnAnyOtherTopicIsIgnored() {
        topology.create(SPEC);
        for (String topic : List.of(Topics.COMMANDS, Topics.TRIALS, Topics.INCUMBENTS)) {
            topology.send(topic, "s", null);
        }
        topology.send(Topics.STUDIES, null, null);
        assertTrue(topology.standings.of("s").isPresent());
        assertEquals(1, arms().size());
    }

    @Test
    void anUndecodableRecordIsADeadLetter() {
        topology.send(Topics.TRIALS, "s", new byte[] {1, 2, 3});
        assertEquals(
                Topics.TRIALS,
                topology.read(Topics.DEAD_LETTERS, DeadLetter.class).get(0).getTopic());
    }
}
