package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.Arm;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The window is a minute, and inputs are 100 ms apart. */
class QueriedTest {
    private static final long WINDOW_MILLIS = 60_000;

    private static void queried(PlayedStudy study, Reason.@Nullable NoAnswer problem) {
        study.when(new Input.Queried(study.next(), problem));
    }

    /** A slice that begins now has no value. */
    private static Reason.NoAnswer missing(PlayedStudy study, Arm arm, long number) {
        return new Reason.NoAnswer("load", "Prometheus does not answer", arm, number, study.next());
    }

    /** A slice of an arm has no value, and the next one has. */
    private static void misses(PlayedStudy study, Arm arm, long number) {
        queried(study, missing(study, arm, number));
        assertEquals(Hold.NO_ANSWER, study.state.hold());
        queried(study, null);
        assertEquals(Hold.NONE, study.state.hold());
    }

    private static ArmMeasurement duel(PlayedStudy study) {
        ArmMeasurement duel = study.state.contest().duel();
        assertNotNull(duel);
        return duel;
    }

    @Test
    void aSliceWithoutAValueHoldsExplorationUntilTheNextHasOne() {
        PlayedStudy study = PlayedStudy.plan().played().arrives(0).arrives(1);
        queried(study, null);
        assertEquals(Hold.NONE, study.state.hold());

        Reason.NoAnswer away = missing(study, Arm.CONTROL, 0);
        queried(study, away);
        queried(study, away);
        assertEquals(Hold.NO_ANSWER, study.state.hold());
        assertEquals(Serving.State.HOLDING, study.state.serving().state());
        study.when(new Input.Tick(study.next()));
        assertEquals(Hold.NO_ANSWER, study.state.hold());

        queried(study, null);
        assertEquals(Hold.NONE, study.state.hold());
        assertEquals(Serving.State.EXPLORING, study.state.serving().state());
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.ALARM, Output.Action.RESUME), study.actions());
        assertEquals(away, study.all(Output.Audit.class).get(1).reason());
    }

    @Test
    void aHoldOfAPersonStays() {
        PlayedStudy study = PlayedStudy.plan().played().arrives(0).arrives(1);
        study.ordered(Input.Action.PAUSE);
        queried(study, missing(study, Arm.CONTROL, 0));
        queried(study, null);
        assertEquals(Hold.PAUSED, study.state.hold());
    }

    @Test
    void aDuelGoesOnWhereItWas() {
        PlayedStudy study = PlayedStudy.plan().played().recommended(7).exposed(7, 100, 0.5, 0.5);
        ArmMeasurement before = duel(study);
        queried(study, missing(study, Arm.CONTROL, 0));

        long drawn = study.next();
        study.exposed(Arm.CONTROL, 0, 50, 0.5, 1).exposed(Arm.CHAMPION, 0, 50, 0.5, 1);
        study.exposed(Arm.EXPLORE, 7, 5, 0.5, 1);
        assertEquals(before.own(), duel(study).own());
        assertEquals(before.control(), duel(study).control());
        assertEquals(before.champion(), duel(study).champion());

        queried(study, null);
        long resumed = study.state.atMillis();
        study.when(study.ripened(Arm.CONTROL, 0, drawn, 1, 1));
        assertEquals(before.control(), duel(study).control(), "drawn while exploration was held");
        study.exposed(7, 10, 0.5, 0.5);
        assertEquals(before.own().exposures() + 10, duel(study).own().exposures());
        assertEquals(before.control().exposures() + 20, duel(study).control().exposures());
        assertEquals(
                resumed,
                study.state.serving().slots().get(0).sinceMillis(),
                "who was drawn meanwhile got the champion, and keeps it until the next draw");
    }

    @Test
    void timeInWhichNothingCountsIsNoPartOfTheMinimumRun() {
        PlayedStudy study = PlayedStudy.plan()
                .paced(new Pace(600_000, 0, List.of(1.0)))
                .played()
                .recommended(7);
        queried(study, missing(study, Arm.CONTROL, 0));
        study.passes(600_000);
        queried(study, null);
        for (int i = 0; i < 50; i++) {
            study.exposed(Arm.CHAMPION, 0, 20, 0.4, 1).exposed(7, 10, 0.7, 0.4);
        }
        assertEquals(0, study.champion(), "it would be, if the hold counted as run");
        for (int i = 0; i < 100 && study.champion() == 0; i++) {
            study.exposed(Arm.CHAMPION, 0, 20, 0.4, 1).exposed(7, 10, 0.7, 0.4);
        }
        assertEquals(7, study.champion());
    }

    /** A duel that is won, with so many slices of each arm without a value. */
    private static PlayedStudy wins(int own, int others) {
        PlayedStudy study = PlayedStudy.plan().played().recommended(7);
        for (int i = 0; i < own; i++) {
            misses(study, Arm.EXPLORE, 7);
        }
        for (int i = 0; i < others; i++) {
            misses(study, i % 2 == 0 ? Arm.CONTROL : Arm.CHAMPION, 0);
        }
        for (int i = 0; i < 60 && study.state.contest().duel() != null; i++) {
            study.exposed(Arm.CHAMPION, 0, 20, 0.4, 1).exposed(7, 10, 0.7, 0.4);
        }
        return study;
    }

    @Test
    void aChallengerThatBreaksItsQueryIsNotPromoted() {
        PlayedStudy study = wins(3, 1);
        assertEquals(0, study.champion());
        Output.Audit lost = study.all(Output.Audit.class).stream()
                .filter(audit -> audit.action() == Output.Action.LOST)
                .findFirst()
                .orElseThrow();
        double slot = study.state.plan().slotShare();
        Reason.DuelLost why = assertInstanceOf(Reason.DuelLost.class, lost.reason());
        assertEquals(
                new Reason.MoreMissing(
                        3, 1, slot / (slot + 1 - study.state.plan().exploreShare())),
                why.why());
    }

    @Test
    void aChallengerWhoseSlicesLackAValueAsOthersDoIsPromoted() {
        assertEquals(7, wins(1, 8).champion());
        assertEquals(7, wins(1, 0).champion(), "once is chance");
        assertEquals(7, wins(0, 3).champion());
    }

    @Test
    void aSliceOfAnEarlierHoldHoldsNothing() {
        PlayedStudy study = PlayedStudy.plan().played().recommended(7);
        Reason.NoAnswer late = missing(study, Arm.EXPLORE, 7);
        misses(study, Arm.CONTROL, 0);

        queried(study, late);

        assertEquals(Hold.NONE, study.state.hold());
        assertEquals(0, duel(study).missing().own());
    }

    /** A rollback begins the duel anew, against another champion. */
    @Test
    void aDuelThatBeginsAnewWhileHeldWaitsToo() {
        PlayedStudy study = PlayedStudy.plan().played().recommended(7);
        queried(study, missing(study, Arm.CONTROL, 0));
        ArmMeasurement held = duel(study).restarted(study.next(), study.state.plan());
        assertFalse(held.draws().has(Long.MAX_VALUE - 1));
        long resumed = study.next() + WINDOW_MILLIS;
        ArmMeasurement after = held.resumed(resumed);
        assertFalse(after.draws().has(resumed - 1));
        assertTrue(after.draws().has(resumed));
    }
}
