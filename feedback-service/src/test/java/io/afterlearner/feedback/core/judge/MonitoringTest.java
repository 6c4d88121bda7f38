package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.Arm;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitoringTest {

    /** A study that promoted 7. */
    private static PlayedStudy promoted() {
        PlayedStudy study = PlayedStudy.plan().played().recommended(7);
        for (int i = 0; i < 60 && study.champion() == 0; i++) {
            study.exposed(Arm.CHAMPION, 0, 20, 0.4, 1).exposed(7, 10, 0.7, 0.4);
        }
        assertEquals(7, study.champion());
        return study;
    }

    private static void serve(PlayedStudy study, int exposures, double reward, double control, double latency) {
        for (int i = 0; i < exposures; i += 20) {
            study.exposed(Arm.CONTROL, 0, 20, control, 1);
            study.exposed(Arm.CHAMPION, 7, 20, reward, latency);
        }
    }

    @Test
    void aGoodChampionStays() {
        PlayedStudy study = promoted();
        serve(study, 4_000, 0.7, 0.4, 1);
        assertEquals(7, study.champion());
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.PROMOTE), study.actions());
    }

    @Test
    void aChampionThatBreaksAGuardrailLaterIsReverted() {
        PlayedStudy study = promoted();

        serve(study, 400, 0.7, 0.4, 2);

        assertEquals(0, study.champion());
        Output.Audit audit = study.all(Output.Audit.class).get(2);
        assertEquals(Output.Action.ROLLBACK, audit.action());
        Reason.ChampionFailed failed = assertInstanceOf(Reason.ChampionFailed.class, audit.reason());
        assertEquals(7, failed.number());
        assertInstanceOf(Reason.GuardrailBroken.class, failed.why());
        assertEquals(7, audit.from().number());
        assertEquals(0, audit.to().number());
        assertEquals(
                PlayedStudy.values(0), study.all(Output.Centre.class).get(1).values());
    }

    @Test
    void aChampionThatIsWorseThanControlIsReverted() {
        PlayedStudy study = promoted();
        serve(study, 400, 0.2, 0.6, 1);
        assertEquals(0, study.champion());
        assertEquals(Output.Action.ROLLBACK, study.actions().get(2));
    }

    @Test
    void aRevertedChampionIsNotTriedAgain() {
        PlayedStudy study = promoted();
        serve(study, 400, 0.2, 0.6, 1);
        study.recommended(7);
        assertEquals(List.of(-1L, -1L, -1L), study.slots());
    }

    @Test
    void aRevertReopensTheSearchAroundTheShippedModel() {
        PlayedStudy study = promoted();
        int before = study.all(Output.Reopen.class).size();
        serve(study, 400, 0.2, 0.6, 1);
        assertEquals(before + 1, study.all(Output.Reopen.class).size());
        List<Output.Centre> centres = study.all(Output.Centre.class);
        assertEquals(
                study.state.serving().control().values(),
                centres.get(centres.size() - 1).values());
    }

    @Test
    void aDriftOfControlReopensTheSearch() {
        PlayedStudy study = PlayedStudy.plan().exposures(100).played();
        study.exposed(Arm.CONTROL, 0, 2_500, 0.3, 1);
        assertEquals(List.of(), study.all(Output.Reopen.class));

        study.exposed(Arm.CONTROL, 0, 1_000, 0.6, 1);

        Reason.Drifted drifted = assertInstanceOf(
                Reason.Drifted.class, study.all(Output.Reopen.class).get(0).reason());
        assertEquals(0.3, drifted.shift().from(), 1e-9);
        assertEquals(0.6, drifted.shift().to(), 1e-9);
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.DRIFT), study.actions());
    }

    @Test
    void driftsReopenTheSearchAtMostThreeTimes() {
        PlayedStudy study = PlayedStudy.plan().exposures(100).played();
        for (int drift = 0; drift < 5; drift++) {
            study.exposed(Arm.CONTROL, 0, 4_000, drift % 2 == 0 ? 0.3 : 0.6, 1);
        }
        assertEquals(Monitoring.MAX_REOPENED, study.all(Output.Reopen.class).size());
        List<Output.Audit> audits = study.all(Output.Audit.class);
        assertEquals(new Reason.NotReopened(3), audits.get(audits.size() - 1).reason());
    }

    @Test
    void aDriftEndsNoDuelAndStartsNoErrorBudget() {
        PlayedStudy study = PlayedStudy.plan().exposures(100).played();
        study.exposed(Arm.CONTROL, 0, 2_500, 0.3, 1).recommended(7);
        long duels = study.state.contest().duels();

        study.exposed(Arm.CONTROL, 0, 1_500, 0.6, 1);

        assertEquals(List.of(Output.Action.BEGIN, Output.Action.DRIFT), study.actions());
        assertEquals(7, study.state.contest().duel().arm().number());
        assertEquals(duels, study.state.contest().duels());
    }

    @Test
    void aDriftWhileAChampionRampsIsSeen() {
        PlayedStudy study = PlayedStudy.plan()
                .exposures(20)
                .paced(new Pace(0, 0, List.of(0.05, 1.0)))
                .played();
        study.exposed(Arm.CONTROL, 0, 2_500, 0.3, 1).recommended(7);
        for (int i = 0; i < 200 && study.champion() == 0; i++) {
            study.exposed(Arm.CHAMPION, 0, 5, 0.3, 1).exposed(7, 1, 0.8, 0.3);
        }
        assertTrue(study.state.serving().isRamping());

        study.exposed(Arm.CONTROL, 0, 1_000, 0.7, 1);

        assertEquals(List.of(Output.Action.BEGIN, Output.Action.PROMOTE, Output.Action.DRIFT), study.actions());
        assertTrue(study.state.serving().isRamping(), "nobody met the champion meanwhile");
    }

    @Test
    void controlIsWatchedAcrossPromotions() {
        PlayedStudy study = PlayedStudy.plan().exposures(20).played();
        study.exposed(Arm.CONTROL, 0, 2_500, 0.3, 1).recommended(7);
        for (int i = 0; i < 200 && study.champion() == 0; i++) {
            study.exposed(Arm.CHAMPION, 0, 5, 0.3, 1).exposed(7, 1, 0.8, 0.3);
        }
        assertEquals(7, study.champion());

        study.exposed(Arm.CHAMPION, 7, 2_500, 0.8, 1);
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.PROMOTE), study.actions());
        study.exposed(Arm.CONTROL, 0, 1_000, 0.7, 1);

        assertEquals(Output.Action.DRIFT, study.actions().get(2));
    }

    @Test
    void afterADriftALoserMayTryAgain() {
        PlayedStudy study = PlayedStudy.plan().exposures(100).played().recommended(7);
        study.exposed(Arm.CHAMPION, 0, 300, 0.6, 1);
        study.exposed(7, 400, 0.1, 0.6);
        study.recommended(7);
        assertEquals(List.of(-1L, -1L, -1L), study.slots());

        study.exposed(Arm.CONTROL, 0, 3_000, 0.6, 1).exposed(Arm.CONTROL, 0, 1_000, 0.2, 1);
        study.recommended(7);

        assertEquals(List.of(7L, -1L, -1L), study.slots());
    }
}
