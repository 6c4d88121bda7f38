package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionTest {

    /** Exposes control, champion and challenger in turn. */
    private static void duel(
            PlayedStudy study, long number, int exposures, double reward, double other, double latency) {
        for (int i = 0; i < exposures; i += 10) {
            study.exposed(Arm.CHAMPION, study.champion(), 20, other, 1);
            study.exposed(number, 10, reward, other, latency);
        }
    }

    @Test
    void aRecommendedCandidateTakesHalfOfTheSlotsAsTheyBecomeFree() {
        PlayedStudy study = PlayedStudy.plan().slots(4).exposures(100).played();
        for (long number = 0; number < 6; number++) {
            study.arrives(number);
        }
        study.recommended(9);
        assertEquals(List.of(0L, 1L, 2L, 3L), study.slots());

        for (int i = 0; i < 10; i++) {
            study.exposed(Arm.CONTROL, 0, 20, 0.5, 1);
            for (long number = 1; number <= 3; number++) {
                study.exposed(Arm.EXPLORE, number, 10, 0.5, 1);
            }
        }

        assertEquals(List.of(0L, 9L, 9L, 4L), study.slots());
    }

    @Test
    void aDuelTakesAllSlotsWhenTheBudgetIsSpentAndHalfAfterAnExtension() {
        PlayedStudy study =
                PlayedStudy.plan().slots(4).budget(1).exposures(100).played().arrives(0);
        study.exposed(0, 100, 0.5, 0.5).recommended(9);
        assertEquals(List.of(9L, 9L, 9L, 9L), study.slots());

        study = PlayedStudy.plan().slots(4).budget(1).exposures(100).played().arrives(0);
        study.exposed(0, 100, 0.5, 0.5)
                .when(new Input.Budgeted(study.next(), 5))
                .recommended(9);

        assertEquals(List.of(9L, 9L, -1L, -1L), study.slots());
    }

    @Test
    void aSignificantlyBetterCandidateThatKeepsEachGuardrailIsPromoted() {
        PlayedStudy study = PlayedStudy.plan().played().recommended(7);

        duel(study, 7, 600, 0.7, 0.4, 1);

        assertEquals(7, study.champion());
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.PROMOTE), study.actions());
        assertEquals(List.of(new Output.Centre(PlayedStudy.values(7))), study.all(Output.Centre.class));
        Reason.DuelWon won = assertInstanceOf(
                Reason.DuelWon.class, study.all(Output.Audit.class).get(1).reason());
        assertEquals(7, won.number());
        assertEquals(0, won.champion());
        assertEquals(-0.3, won.figures().loss(), 0.1);
        assertEquals(List.of(-1L, -1L, -1L), study.slots());
    }

    @Test
    void eachChangeOfArmsIncrementsTheRevision() {
        PlayedStudy study = PlayedStudy.plan().played().arrives(0).recommended(7);
        duel(study, 7, 600, 0.7, 0.4, 1);
        List<Long> revisions = study.all(Output.ArmsChanged.class).stream()
                .map(change -> change.serving().revision())
                .toList();
        for (int i = 0; i < revisions.size(); i++) {
            assertEquals(i, revisions.get(i));
        }
    }

    @Test
    void aCandidateThatBreaksAGuardrailIsNotPromoted() {
        PlayedStudy study = PlayedStudy.plan().played().recommended(7);
        duel(study, 7, 600, 0.9, 0.2, 1.6);
        assertEquals(0, study.champion());
        assertEquals(List.of(-1L, -1L, -1L), study.slots());
    }

    @Test
    void aCandidateNotShownToKeepAGuardrailIsNotPromoted() {
        PlayedStudy study = PlayedStudy.plan().played().recommended(7);
        duel(study, 7, 600, 0.9, 0.2, 1.3);
        assertEquals(0, study.champion());
        assertEquals(List.of(7L, -1L, -1L), study.slots());
    }

    @Test
    void aWinnerWaitsUntilItsGuardrailsShouldHaveBeenShownToBeKept() {
        PlayedStudy study = PlayedStudy.plan().exposures(50).played().recommended(7);
        for (int i = 0; i < 100 && study.slots().contains(7L); i++) {
            duel(study, 7, 100, 0.9, 0.2, 1.3);
        }

        assertEquals(0, study.champion());
        Output.Audit lost = study.all(Output.Audit.class).get(1);
        assertEquals(Output.Action.LOST, lost.action());
        Reason.DuelLost why = assertInstanceOf(Reason.DuelLost.class, lost.reason());
        Reason.GuardrailNotShown shown = assertInstanceOf(Reason.GuardrailNotShown.class, why.why());
        assertTrue(shown.exposures() >= shown.needed(), shown.toString());
        assertEquals(PlayedStudy.LATENCY, shown.guardrail().metric());
    }

    @Test
    void aWinnerDoesNotWaitForEverForAGuardrailThatNothingCanShow() {
        PlayedStudy study = PlayedStudy.plan()
                .limit(PlayedStudy.LATENCY, 1)
                .exposures(2)
                .budget(20)
                .played();
        study.recommended(7);
        for (int i = 0; i < 100 && study.slots().contains(7L); i++) {
            duel(study, 7, 10, 0.9, 0.2, 1);
        }

        Output.Audit lost = study.all(Output.Audit.class).get(1);
        Reason.DuelLost why = assertInstanceOf(Reason.DuelLost.class, lost.reason());
        Reason.GuardrailNotShown shown = assertInstanceOf(Reason.GuardrailNotShown.class, why.why());
        assertEquals(Effort.NEVER, shown.needed());
        assertTrue(
                shown.exposures() >= Promotion.LONGEST_WAIT * study.state.plan().mostDuelExposures());
    }

    @Test
    void aFutileDuelEndsEarly() {
        PlayedStudy study = PlayedStudy.plan().exposures(50).played().recommended(7);
        duel(study, 7, 40, 0.4, 0.5, 1);
        assertEquals(List.of(7L, -1L, -1L), study.slots());

        duel(study, 7, 60, 0.4, 0.5, 1);

        assertEquals(List.of(-1L, -1L, -1L), study.slots());
        assertEquals(0, study.champion());
    }

    @Test
    void aLoserIsNotTriedAgain() {
        PlayedStudy study = PlayedStudy.plan().played().recommended(7);
        duel(study, 7, 400, 0.1, 0.6, 1);
        assertEquals(List.of(-1L, -1L, -1L), study.slots());

        study.recommended(7);

        assertEquals(List.of(-1L, -1L, -1L), study.slots());
    }

    @Test
    void afterTheRecommendedCandidateLostTheBestToldCandidateIsTried() {
        PlayedStudy study = PlayedStudy.plan().played();
        for (long number = 0; number < 4; number++) {
            study.arrives(number);
        }
        study.recommended(9);
        for (int i = 0; i < 20; i++) {
            study.exposed(Arm.CONTROL, 0, 20, 0.4, 1);
            study.exposed(Arm.EXPLORE, 0, 10, 0.4, 1).exposed(Arm.EXPLORE, 1, 10, 0.6, 1);
            study.exposed(Arm.EXPLORE, 2, 10, 0.7, 1.4);
        }
        assertEquals(List.of(3L, -1L, 9L), study.slots());

        duel(study, 9, 200, 0, 0.7, 1);

        assertEquals(1, study.state.contest().duel().arm().number());
        assertEquals(List.of(3L, 1L, -1L), study.slots());
    }

    @Test
    void neitherTheShippedModelNorTheChampionDuels() {
        PlayedStudy study = PlayedStudy.plan().played().recommended(0);
        assertEquals(List.of(-1L, -1L, -1L), study.slots());
    }

    @Test
    void aPersonApprovesAProposal() {
        PlayedStudy study = PlayedStudy.plan().approved().played().recommended(7);
        duel(study, 7, 600, 0.7, 0.4, 1);
        assertEquals(0, study.champion());
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.PROPOSE), study.actions());

        study.ordered(Input.Action.APPROVE);

        assertEquals(7, study.champion());
        assertEquals(Output.Action.APPROVE, study.actions().get(2));
        assertEquals("ann", study.all(Output.Audit.class).get(2).by());
    }

    @Test
    void aPersonRejectsAProposal() {
        PlayedStudy study = PlayedStudy.plan().approved().played().recommended(7);
        duel(study, 7, 600, 0.7, 0.4, 1);

        study.ordered(Input.Action.REJECT).ordered(Input.Action.APPROVE).recommended(7);

        assertEquals(0, study.champion());
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.PROPOSE, Output.Action.REJECT), study.actions());
        assertEquals(List.of(-1L, -1L, -1L), study.slots());
    }

    @Test
    void theErrorBudgetsOfAllDuelsOfALifeAddUpToAlpha() {
        Contest contest = Contest.NONE;
        double all = 0;
        for (int i = 0; i < 1_000; i++) {
            ArmValues arm = new ArmValues(i, List.of(), 0);
            contest = contest.begun(
                    ArmMeasurement.of(arm, Long.MAX_VALUE, PlayedStudy.plan().build()), Effort.NONE);
            all += contest.alpha(0.05);
            contest = i % 10 == 0 ? contest.won() : i % 7 == 0 ? contest.drifted() : contest.lostBy(arm);
        }
        assertTrue(all <= 0.05 && all > 0.0499, all + " in all");
        assertTrue(contest.judged().size() <= Contest.MAX_JUDGED);
        assertEquals(0, contest.granted().duels());
    }
}
