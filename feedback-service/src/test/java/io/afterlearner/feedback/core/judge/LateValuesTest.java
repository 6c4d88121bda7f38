package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The window is a minute; candidates are told by what is reported within 6 s. Units are drawn in the first seconds of the study. */
class LateValuesTest {
    private static final long EARLY_MILLIS = 6_000;
    private static final long WINDOW_MILLIS = 60_000;
    private static final int EXPOSURES = 100;

    private final PlayedStudy study = PlayedStudy.plan()
            .unguarded()
            .exposures(EXPOSURES)
            .budget(2)
            .toldAfter(EARLY_MILLIS)
            .played();
    private long drawn;

    /** Two candidates, of which 0 is like control. */
    private void begin() {
        study.arrives(0).arrives(1);
        drawn = study.next();
        study.passes(EARLY_MILLIS);
    }

    private void counted(boolean early, Arm arm, long number, long drawnAt, double reward) {
        ExposureTotals totals = ExposureTotals.of(1, List.of(PlayedStudy.REWARD.tally(reward)));
        study.when(new Input.Ripened(study.next(), arm, number, drawnAt, "shop", early, totals));
    }

    /** Exposures of control and of both candidates, drawn 10 ms apart; of ten, so many have a reward. */
    private void counted(boolean early, int ofTen, int ofTenOfControl) {
        for (int i = 0; i < EXPOSURES; i++) {
            double control = i % 10 < ofTenOfControl ? 1 : 0;
            counted(early, Arm.CONTROL, 0, drawn + 10L * i, control);
            counted(early, Arm.CONTROL, 0, drawn + 10L * i, control);
            counted(early, Arm.EXPLORE, 0, drawn + 10L * i, control);
            counted(early, Arm.EXPLORE, 1, drawn + 10L * i, i % 10 < ofTen ? 1 : 0);
        }
    }

    private void windowsEnd() {
        study.passes(2 * WINDOW_MILLIS).when(new Input.Tick(study.next()));
    }

    private Contest.Contender listed() {
        assertEquals(1, study.state.contest().shortlist().size());
        return study.state.contest().shortlist().get(0);
    }

    @Test
    void candidatesAreToldByEarlyValuesAlone() {
        begin();
        counted(false, 9, 1);
        assertEquals(List.of(), study.all(Output.Told.class));

        counted(true, 5, 2);

        List<Output.Told> told = study.all(Output.Told.class);
        assertEquals(List.of(0L, 1L), told.stream().map(Output.Told::number).toList());
        assertEquals(-0.3, told.get(1).loss(), 0.01);
        assertEquals(200, study.state.explored(), "each exposure counts once");
    }

    @Test
    void theValuesOfWholeWindowsCorrectWhatWasTold() {
        begin();
        counted(true, 4, 2);
        assertEquals(-0.2, listed().loss(), 0.01);
        assertNull(study.state.contest().duel());
        study.recommended(1);
        assertNull(study.state.contest().duel(), "also if the optimizer recommends it");
        assertEquals(Hold.NONE, study.state.hold(), "more is to come");

        counted(false, 9, 4);
        assertTrue(listed().provisional());
        windowsEnd();

        assertEquals(-0.5, listed().loss(), 0.01);
        assertEquals(1, study.state.contest().duel().arm().number());
        assertEquals(List.of(), study.state.late());
    }

    @Test
    void aGainThatWasOnlyEarlyHasNoDuel() {
        begin();
        counted(true, 6, 2);
        counted(false, 6, 6);
        windowsEnd();

        assertEquals(List.of(), study.state.contest().shortlist());
        assertNull(study.state.contest().duel());
        Output.Audit skipped = study.all(Output.Audit.class).get(1);
        assertEquals(Output.Action.SKIPPED, skipped.action());
        Reason.NotBetterLate reason = assertInstanceOf(Reason.NotBetterLate.class, skipped.reason());
        assertEquals(1, reason.number());
        assertEquals(0, reason.figures().loss(), 1e-9);
        assertEquals(EXPOSURES, reason.exposures());
        assertEquals(Hold.SPENT, study.state.hold());
    }

    @Test
    void reportsThatComeAfterTheWindowCorrectToo() {
        begin();
        counted(true, 5, 2);
        counted(false, 2, 2);
        study.passes(WINDOW_MILLIS);
        Tally change = PlayedStudy.REWARD.tally(1).minus(PlayedStudy.REWARD.tally(0));
        for (int i = 0; i < 60; i++) {
            study.when(new Input.Ripened(
                    study.next(), Arm.EXPLORE, 1, drawn, "shop", ExposureTotals.of(0, List.of(change))));
        }
        assertTrue(listed().provisional(), "it waits for them");
        windowsEnd();

        assertEquals(-0.6, listed().loss(), 0.01);
    }

    @Test
    void drawsAfterItWasToldAreNotCompared() {
        begin();
        counted(true, 5, 2);
        counted(false, 5, 2);
        long later = study.next();
        for (int i = 0; i < 100; i++) {
            counted(false, Arm.CONTROL, 0, later, 1);
        }
        windowsEnd();

        assertEquals(-0.3, listed().loss(), 0.01);
    }

    /** The service was down while windows ended: they are counted when it is up again. */
    @Test
    void afterAnOutageItWaitsForTheExposuresThatAreCountedLate() {
        begin();
        counted(true, 5, 2);
        windowsEnd();
        counted(false, Arm.EXPLORE, 1, drawn, 0);
        counted(false, Arm.CONTROL, 0, drawn, 1);
        windowsEnd();
        assertTrue(listed().provisional(), "few of them are there");

        counted(false, 9, 4);
        study.when(new Input.Tick(study.next()));

        assertEquals(-0.5, listed().loss(), 0.02);
    }

    /** Such as those of a unit that was forgotten. */
    @Test
    void itDoesNotWaitForExposuresThatNeverCome() {
        begin();
        counted(true, 5, 2);
        for (int i = 0; i < 60; i++) {
            counted(false, Arm.EXPLORE, 1, drawn, i % 10 < 5 ? 1 : 0);
            counted(false, Arm.CONTROL, 0, drawn, i % 10 < 2 ? 1 : 0);
        }
        windowsEnd();
        assertTrue(listed().provisional());

        counted(false, Arm.CHAMPION, 0, study.next(), 1);
        assertTrue(listed().provisional(), "others may be under way");
        windowsEnd();
        assertEquals(-0.3, listed().loss(), 0.01);
    }

    @Test
    void theShippedModelIsNoChallengerOfItself() {
        begin();
        for (int i = 0; i < EXPOSURES; i++) {
            counted(true, Arm.CONTROL, 0, drawn, i % 10 < 4 ? 1 : 0);
            counted(true, Arm.EXPLORE, 0, drawn, i % 10 < 5 ? 1 : 0);
        }
        assertEquals(List.of(), study.state.contest().shortlist());
        assertEquals(1, study.all(Output.Told.class).size());
    }

    @Test
    void aDuelIsDecidedByWholeWindowsAlone() {
        begin();
        counted(true, 6, 2);
        counted(false, 6, 2);
        windowsEnd();
        long since = study.next();
        for (int i = 0; i < 2_000; i++) {
            counted(true, Arm.CHAMPION, 0, since, 0);
            counted(true, Arm.CONTROL, 0, since, 0);
            counted(true, Arm.EXPLORE, 1, since, 1);
        }
        assertEquals(0, study.champion());
        assertEquals(0, study.state.contest().duel().own().exposures());

        for (int i = 0; i < 500; i++) {
            counted(false, Arm.CHAMPION, 0, since, i % 5 == 0 ? 1 : 0);
            counted(false, Arm.CONTROL, 0, since, i % 5 == 0 ? 1 : 0);
            counted(false, Arm.EXPLORE, 1, since, i % 5 == 0 ? 0 : 1);
        }
        assertEquals(1, study.champion());
    }

    @Test
    void aResumedStudyMeasuresWhatIsInItsSlotAnewAndGoesOnWithWhatWasTold() {
        begin();
        counted(true, 5, 2);
        study.ordered(Input.Action.PAUSE).ordered(Input.Action.RESUME);
        counted(false, 5, 2);
        windowsEnd();

        assertEquals(-0.3, listed().loss(), 0.01);
    }

    @Test
    void afterADriftNothingIsWaitedFor() {
        begin();
        counted(true, 5, 2);
        assertEquals(1, study.state.late().size());
        study.state = new OnlineState(
                study.state.plan(),
                study.state.atMillis(),
                study.state.serving(),
                study.state.hold(),
                false,
                List.of(),
                List.of(),
                study.state.late(),
                study.state.contest().drifted(),
                study.state.watch(),
                1,
                2,
                200,
                study.state.calibration(),
                study.state.pool());
        study.when(new Input.Tick(study.next()));

        assertEquals(List.of(), study.state.late());
        assertEquals(Hold.SPENT, study.state.hold());
    }

    @Test
    void earlyValuesAreNoDrift() {
        begin();
        ChampionWatch before = study.state.watch();
        counted(true, 5, 2);
        assertEquals(before.shippedDrift(), study.state.watch().shippedDrift());
        assertEquals(before.champion(), study.state.watch().champion());
    }

    /** Orders may be returned long after they were counted as early values. */
    @Test
    void aGuardrailNeedNotBeReportedEarly() {
        PlayedStudy guarded = PlayedStudy.plan().toldAfter(EARLY_MILLIS).played();
        guarded.arrives(0).passes(EARLY_MILLIS);
        ExposureTotals early = ExposureTotals.of(1, List.of(PlayedStudy.REWARD.tally(1), Tally.NONE));
        for (int i = 0; i < 100; i++) {
            guarded.when(new Input.Ripened(guarded.next(), Arm.CONTROL, 0, guarded.next(), "shop", true, early));
            guarded.passes(EARLY_MILLIS);
        }
        assertEquals(Hold.NONE, guarded.state.hold());

        for (int i = 0; i < 100; i++) {
            guarded.when(new Input.Ripened(guarded.next(), Arm.CONTROL, 0, guarded.next(), "shop", early));
            guarded.passes(EARLY_MILLIS);
        }
        assertEquals(Hold.NO_REPORTS, guarded.state.hold());
    }

    @Test
    void theMetricToImproveHasToBeReportedEarly() {
        PlayedStudy silent =
                PlayedStudy.plan().unguarded().toldAfter(EARLY_MILLIS).played();
        silent.arrives(0).passes(EARLY_MILLIS);
        ExposureTotals early =
                ExposureTotals.none(1).plus(new ExposureTotals(1, List.of(Tally.NONE), List.of(0L), List.of(0L)));
        for (int i = 0; i < 100; i++) {
            silent.when(new Input.Ripened(silent.next(), Arm.CONTROL, 0, silent.next(), "shop", true, early));
        }
        assertEquals(Hold.NO_REPORTS, silent.state.hold());
    }
}
