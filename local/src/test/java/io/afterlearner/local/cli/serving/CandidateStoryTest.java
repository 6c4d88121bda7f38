package io.afterlearner.local.cli.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateStoryTest {
    private static final long NUMBER = 3;
    private final List<TrialEvent> events = new ArrayList<>();
    private final List<ArmsChange> audit = new ArrayList<>();
    private ArmsState state = ArmsState.EXPLORING;
    private long champion;
    private long slot = -1;
    private double ramp = 1;

    private void event(TrialEventType type, Double loss) {
        events.add(TrialEvent.newBuilder()
                .setStudy("s")
                .setSequence(events.size())
                .setAtMillis(1_000L + events.size())
                .setType(type)
                .setNumber(NUMBER)
                .setValues(type == TrialEventType.ASKED ? List.of(0.5) : List.of())
                .setLoss(loss)
                .setStandardError(loss == null ? null : 0.25)
                .setExamples(loss == null ? 0 : 200)
                .setCause(
                        type == TrialEventType.FAILED
                                ? FailureCause.newBuilder()
                                        .setKind(FailureKind.NO_SLOT)
                                        .build()
                                : null)
                .build());
    }

    private void change(ArmsAction action, long from, long to) {
        audit.add(new ArmsChange(
                "s",
                audit.size() + 1L,
                2_000L + audit.size(),
                "feedback",
                action,
                "reason of " + action,
                from,
                List.of(),
                to,
                List.of(),
                0L));
    }

    private CandidateStory story() {
        ArmValues none = new ArmValues(-1L, List.of(), 0L);
        Arms arms = ServedArms.in(state)
                .setAtMillis(0)
                .setBy("feedback")
                .setReason("why")
                .setChampion(new ArmValues(champion, List.of(), 5_000L))
                .setSlots(List.of(new ArmValues(slot, List.of(), 0L), none))
                .setRampShare(ramp)
                .build();
        return CandidateStory.of(NUMBER, events, audit, arms);
    }

    /** A score is one of adjusted, or capped, values. */
    @Test
    void howValuesAreCalibratedIsPartOfAScoresStory() {
        change(ArmsAction.CALIBRATED, 0, 0);
        audit.set(0, ArmsChange.newBuilder(audit.get(0)).setAtMillis(500).build());
        event(TrialEventType.ASKED, null);
        assertEquals(1, story().steps().size(), "it has no score yet");
        event(TrialEventType.TOLD, -0.5);
        assertEquals(
                List.of("calibrated", "asked", "scored"),
                story().steps().stream().map(CandidateStory.Step::what).toList());
        assertEquals("reason of CALIBRATED", story().steps().get(0).reason());
    }

    @Test
    void aLostDuelIsToldWithItsReasonAndTheScoreBefore() {
        event(TrialEventType.ASKED, null);
        event(TrialEventType.TOLD, -0.5);
        change(ArmsAction.PROMOTE, 0, 2);
        change(ArmsAction.LOST, 2, NUMBER);
        champion = 2;
        CandidateStory story = story();
        assertEquals(
                List.of("asked", "scored", "lost"),
                story.steps().stream().map(CandidateStory.Step::what).toList());
        assertEquals(
                "loss against control -0.5000 ± 0.2500 (negative is better), from 200 values",
                story.steps().get(1).reason());
        assertEquals("reason of LOST", story.steps().get(2).reason());
        assertEquals("it was not promoted, because it lost its duel", story.now());
        assertEquals(List.of(0.5), story.values());
    }

    @ParameterizedTest
    @CsvSource({
        "SKIPPED, 0, 3, and had no duel",
        "REJECT, 0, 3, its proposal was rejected",
        "PROPOSE, 0, 3, waits for a person",
        "PROMOTE, 3, 4, it was champion until candidate 4 replaced it",
        "APPROVE, 3, 4, it was champion until candidate 4 replaced it",
        "ROLLBACK, 3, 0, 'it was champion, and is no longer'"
    })
    void theLastDecisionAboutItIsWhyItIsNotServed(ArmsAction action, long from, long to, String now) {
        event(TrialEventType.ASKED, null);
        event(TrialEventType.TOLD, -0.5);
        change(action, from, to);
        assertTrue(story().now().contains(now), story().now());
        assertEquals(3, story().steps().size(), story().toString());
    }

    @Test
    void decisionsAboutOthersAreNotItsOwn() {
        event(TrialEventType.ASKED, null);
        event(TrialEventType.TOLD, 0.5);
        change(ArmsAction.LOST, 0, 2);
        change(ArmsAction.ALARM, 0, 0);
        assertEquals(2, story().steps().size(), story().toString());
        assertTrue(story().now().contains("did not measure better than the shipped model"), story().now());
        change(ArmsAction.PROMOTE, 0, 2);
        assertTrue(story().now().startsWith("no duel was tried with it"), "it may have lain between champions");
    }

    @Test
    void aLostDuelOfAChallengerDoesNotMakeItsOpponentFormer() {
        event(TrialEventType.ASKED, null);
        event(TrialEventType.TOLD, -0.5);
        change(ArmsAction.PROMOTE, 0, NUMBER);
        change(ArmsAction.LOST, NUMBER, 4);
        champion = NUMBER;
        assertEquals(
                List.of("asked", "scored", "promote"),
                story().steps().stream().map(CandidateStory.Step::what).toList());
        assertTrue(story().now().startsWith("it is the champion since 1970-01-01T00:00:02Z"), story().now());
        champion = 0;
        change(ArmsAction.ROLLBACK, NUMBER, 0);
        assertEquals("it was champion, and is no longer", story().now());
    }

    @Test
    void aDecisionComesAfterTheScoreThatItIsAbout() {
        event(TrialEventType.ASKED, null);
        event(TrialEventType.TOLD, -0.5);
        change(ArmsAction.SKIPPED, 0, NUMBER);
        audit.get(0).put("atMillis", 1_000L);
        assertEquals(
                List.of("asked", "scored", "skipped"),
                story().steps().stream().map(CandidateStory.Step::what).toList());
    }

    @Test
    void whatHasNoScoreIsNotPromoted() {
        event(TrialEventType.ASKED, null);
        assertEquals("it waits for a slot, or for its units", story().now());
        slot = NUMBER;
        assertTrue(story().now().startsWith("it is being explored"), story().now());
        slot = -1;
        event(TrialEventType.FAILED, null);
        assertEquals("it was not promoted, because it has no score", story().now());
        assertTrue(story().steps().get(1).reason().startsWith("no slot became free"), story().toString());
    }

    @Test
    void aScoredCandidateInASlotIsTheChallengerAndARevertedStudyServesNone() {
        event(TrialEventType.ASKED, null);
        event(TrialEventType.TOLD, -0.5);
        slot = NUMBER;
        assertEquals("it is the challenger of the present duel", story().now());
        state = ArmsState.REVERTED;
        assertEquals(
                "the study was reverted by feedback at 1970-01-01T00:00:00Z: why; study resume explores again; until then every unit"
                        + " gets the shipped model",
                story().now());
    }

    @Test
    void whileExplorationIsHeldItSaysWhy() {
        event(TrialEventType.ASKED, null);
        state = ArmsState.HOLDING;
        change(ArmsAction.ALARM, 0, 0);
        String held =
                ", but exploration is held since 1970-01-01T00:00:02Z, by an alarm: reason of ALARM; once that is corrected,"
                        + " study resume explores again";
        assertEquals("it waits for a slot, or for its units" + held, story().now());
        slot = NUMBER;
        assertEquals("it has a slot" + held, story().now());
        event(TrialEventType.TOLD, -0.5);
        assertEquals("it is the challenger of the present duel" + held, story().now());
        slot = -1;
        assertTrue(
                story().now().startsWith("no duel was tried with it so far: exploration is held since 1970"),
                story().now());
        state = ArmsState.EXPLORING;
        ramp = 0.25;
        assertEquals(
                "no duel was tried with it so far: no duel begins while champion 0 is on its ramp: it serves 25 % of its units",
                story().now());
    }
}
