package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.Arm;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationsTest {

    private static PlayedStudy exploring() {
        return PlayedStudy.plan().played().arrives(0).arrives(1);
    }

    private static Serving.State served(PlayedStudy study) {
        return study.state.serving().state();
    }

    @Test
    void aPausedStudyExploresNoCandidates() {
        PlayedStudy study = exploring().ordered(Input.Action.PAUSE);
        assertEquals(Serving.State.HOLDING, served(study));

        study.arrives(2);

        assertEquals(List.of(0L, 1L, -1L), study.slots());
    }

    @Test
    void resumingRestartsMeasurements() {
        PlayedStudy study = exploring().exposed(1, 100, 0.5, 0.5).ordered(Input.Action.PAUSE);
        study.exposed(Arm.CONTROL, 0, 100, 1, 1);

        study.ordered(Input.Action.RESUME);

        assertEquals(Serving.State.EXPLORING, served(study));
        assertEquals(0, study.state.trials().get(1).own().exposures());
        assertEquals(0, study.state.trials().get(1).control().exposures());
    }

    @Test
    void theAuditTrailHasEachPauseAndWhatEndedIt() {
        PlayedStudy study = exploring()
                .ordered(Input.Action.PAUSE)
                .ordered(Input.Action.PAUSE)
                .ordered(Input.Action.RESUME);
        List<Output.Audit> audits = study.all(Output.Audit.class);
        assertEquals(
                List.of(Output.Action.BEGIN, Output.Action.PAUSE, Output.Action.RESUME),
                audits.stream().map(Output.Audit::action).toList());
        assertEquals(new Reason.Commanded(Input.Action.PAUSE), audits.get(1).reason());
    }

    @Test
    void aRevertedStudyServesTheShippedModelAndFailsItsCandidates() {
        PlayedStudy study = exploring().ordered(Input.Action.REVERT);

        assertEquals(Serving.State.REVERTED, served(study));
        assertEquals(0, study.champion());
        assertEquals(List.of(-1L, -1L, -1L), study.slots());
        assertEquals(2, study.all(Output.Failed.class).size());
        assertEquals(Output.Action.REVERT, study.actions().get(1));
    }

    @Test
    void onlyAPersonEndsARevert() {
        PlayedStudy study = exploring().ordered(Input.Action.REVERT);
        study.arrives(2).recommended(9).when(new Input.Tick(1_000_000)).ordered(Input.Action.PAUSE);
        assertEquals(Serving.State.REVERTED, served(study));
        assertEquals(List.of(-1L, -1L, -1L), study.slots());

        study.ordered(Input.Action.RESUME);

        assertEquals(Serving.State.EXPLORING, served(study));
        assertEquals(List.of(9L, 2L, -1L), study.slots());
    }

    @Test
    void armsOfAnotherWriterAreNotOverwritten() {
        PlayedStudy study = exploring();
        int written = study.all(Output.ArmsChanged.class).size();

        study.when(new Input.Overruled(study.next(), "oncall", "prices are wrong", 77));
        study.arrives(2).when(new Input.Tick(1_000_000));

        assertEquals(Serving.State.REVERTED, served(study));
        List<Output.Audit> audits = study.all(Output.Audit.class);
        assertEquals(
                new Reason.Overruled("prices are wrong"),
                audits.get(audits.size() - 1).reason());
        assertEquals(written, study.all(Output.ArmsChanged.class).size());
        study.ordered(Input.Action.RESUME);
        assertEquals(
                78, study.all(Output.ArmsChanged.class).get(written).serving().revision());
    }

    @Test
    void eachRevertIsOnRecord() {
        PlayedStudy study = exploring();
        study.when(new Input.Overruled(study.next(), "oncall", "prices are wrong", 77));
        study.when(new Input.Overruled(study.next(), "ann", "also the stock", 78));
        study.ordered(Input.Action.REVERT);

        List<Output.Audit> reverts = study.all(Output.Audit.class).stream()
                .filter(audit -> audit.action() == Output.Action.REVERT)
                .toList();
        assertEquals(
                List.of("oncall", "ann", "ann"),
                reverts.stream().map(Output.Audit::by).toList());
        assertEquals(new Reason.Overruled("also the stock"), reverts.get(1).reason());
        assertEquals(new Reason.Commanded(Input.Action.REVERT), reverts.get(2).reason());
        assertEquals(78, study.state.serving().revision());
    }

    @Test
    void aStopIsFinal() {
        PlayedStudy study = exploring()
                .ordered(Input.Action.STOP)
                .ordered(Input.Action.RESUME)
                .arrives(2);
        assertEquals(Serving.State.HOLDING, served(study));
        assertEquals(3, study.all(Output.Failed.class).size());
    }

    @Test
    void explorationEndsAtTheExposureLimit() {
        PlayedStudy study = PlayedStudy.plan().limit(150).played().arrives(0).arrives(1);

        study.exposed(1, 200, 0.5, 0.5);

        assertEquals(Hold.LIMIT, study.state.hold());
        assertEquals(new Reason.ExposureLimitReached(150), lastReason(study));
        study.ordered(Input.Action.RESUME);
        assertEquals(Hold.LIMIT, study.state.hold());
    }

    private static Reason lastReason(PlayedStudy study) {
        List<Output.Audit> audits = study.all(Output.Audit.class);
        return audits.get(audits.size() - 1).reason();
    }

    @Test
    void explorationEndsAtTheDeadline() {
        PlayedStudy study = PlayedStudy.plan().until(5_000).played().arrives(0);
        study.when(new Input.Tick(4_999));
        assertEquals(Hold.NONE, study.state.hold());
        study.when(new Input.Tick(5_000));
        assertEquals(Hold.LIMIT, study.state.hold());
    }

    @Test
    void explorationEndsWhenEachCandidateIsSettledUntilAnotherArrives() {
        PlayedStudy study = PlayedStudy.plan().budget(1).exposures(100).played().arrives(0);
        study.exposed(0, 100, 0.5, 0.5);
        assertEquals(Hold.SPENT, study.state.hold());

        study.arrives(1);

        assertEquals(Hold.NONE, study.state.hold());
        assertEquals(List.of(1L, -1L, -1L), study.slots());
    }

    @Test
    void timeFollowsAClockThatIsTurnedBack() {
        PlayedStudy study = exploring();
        study.when(new Input.Tick(9_000)).when(new Input.Tick(8_000));
        assertEquals(8_000, study.state.atMillis());
    }

    @Test
    void equalInputsGiveEqualOutputs() {
        PlayedStudy once = exploring().recommended(7).exposed(1, 200, 0.6, 0.5);
        PlayedStudy again = exploring().recommended(7).exposed(1, 200, 0.6, 0.5);
        assertEquals(once.outputs, again.outputs);
        assertEquals(once.state, again.state);
        assertTrue(once.outputs.size() > 3);
    }
}
