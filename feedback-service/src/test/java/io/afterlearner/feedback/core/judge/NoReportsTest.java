package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The window is a minute, and inputs are 100 ms apart. */
class NoReportsTest {
    private static final long WINDOW_MILLIS = 60_000;

    private static PlayedStudy exploring() {
        PlayedStudy study = PlayedStudy.plan().played().arrives(0).arrives(1);
        assertEquals(Hold.NONE, study.state.hold());
        return study;
    }

    private static void ripens(PlayedStudy study, Arm arm, long number, ExposureTotals totals) {
        study.when(new Input.Ripened(study.next(), arm, number, study.next(), "shop", totals));
    }

    /** An exposure with a reward, and without a latency. */
    private static ExposureTotals withoutLatency(double reward) {
        return ExposureTotals.of(1, List.of(PlayedStudy.REWARD.tally(reward), Tally.NONE));
    }

    /** Exposures of control without a latency. */
    private static void withoutLatency(PlayedStudy study, int exposures) {
        for (int i = 0; i < exposures; i++) {
            ripens(study, Arm.CONTROL, 0, withoutLatency(i % 2));
        }
    }

    /** No latency comes, a window passes, and still none comes. */
    private static void silence(PlayedStudy study) {
        withoutLatency(study, 30);
        study.passes(WINDOW_MILLIS);
        withoutLatency(study, 1);
    }

    private static Reason.NoReports alarm(PlayedStudy study) {
        assertEquals(Hold.NO_REPORTS, study.state.hold());
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.ALARM), study.actions());
        return assertInstanceOf(
                Reason.NoReports.class, study.all(Output.Audit.class).get(1).reason());
    }

    @Test
    void aGuardrailWithoutReportsHoldsExplorationWithinAWindow() {
        PlayedStudy study = exploring();
        withoutLatency(study, 30);
        assertEquals(Hold.NONE, study.state.hold(), "late reports may still come");

        study.passes(WINDOW_MILLIS).when(new Input.Tick(study.next()));

        Reason.NoReports missing = alarm(study);
        assertEquals(PlayedStudy.LATENCY, missing.metric());
        assertEquals(30, missing.exposures());
        assertEquals(Serving.State.HOLDING, study.state.serving().state());
    }

    @Test
    void aReportEndsTheHoldAndMeasurementsGoOn() {
        PlayedStudy study = exploring();
        silence(study);
        alarm(study);
        assertEquals(List.of(30L, 30L), controls(study));

        withoutLatency(study, 40);
        assertEquals(List.of(30L, 30L), controls(study), "nothing counts meanwhile");
        long held = study.next();
        study.exposed(Arm.CHAMPION, 0, 1, 0.5, 1);
        assertEquals(Hold.NONE, study.state.hold());
        assertEquals(Output.Action.RESUME, study.actions().get(2));

        study.when(study.ripened(Arm.CONTROL, 0, held, 0, 1));
        assertEquals(List.of(30L, 30L), controls(study), "what was drawn meanwhile does not count later, either");
        study.exposed(Arm.CONTROL, 0, 3, 0.5, 1);
        assertEquals(List.of(33L, 33L), controls(study));
    }

    private static List<Long> controls(PlayedStudy study) {
        return study.state.trials().stream()
                .map(trial -> trial.control().exposures())
                .toList();
    }

    /** Fewer than in a duel of one candidate would be seen. */
    @Test
    void reportsThatAChallengerLosesHoldExploration() {
        PlayedStudy study = PlayedStudy.plan().slots(1).played().recommended(7);
        for (int i = 0; i < 200 && study.state.hold() == Hold.NONE; i++) {
            study.exposed(Arm.CONTROL, 0, 20, 0.5, 1).exposed(Arm.EXPLORE, 7, 8, 0.5, 1);
            ripens(study, Arm.EXPLORE, 7, withoutLatency(i % 2));
            ripens(study, Arm.EXPLORE, 7, withoutLatency((i + 1) % 2));
        }
        assertEquals(Hold.ALARM, study.state.hold());
        Reason.ReportRatesDiffer differ = assertInstanceOf(
                Reason.ReportRatesDiffer.class,
                study.all(Output.Audit.class).get(1).reason());
        assertEquals(7, differ.number());
    }

    @Test
    void aPersonMayResumeBeforeReportsCome() {
        PlayedStudy study = exploring();
        silence(study);
        study.ordered(Input.Action.RESUME);
        withoutLatency(study, 29);
        assertEquals(Hold.NONE, study.state.hold());

        study.passes(WINDOW_MILLIS);
        withoutLatency(study, 1);
        assertEquals(Hold.NO_REPORTS, study.state.hold());
    }

    @Test
    void reportsThatStopHoldExploration() {
        PlayedStudy study = exploring();
        study.exposed(Arm.CONTROL, 0, 500, 0.5, 1);
        assertEquals(Hold.NONE, study.state.hold());
        silence(study);
        alarm(study);
    }

    /** One exposure of ten has a latency. */
    @Test
    void reportsThatAreRareDoNotHoldExploration() {
        PlayedStudy study = exploring();
        for (int i = 0; i < 100; i++) {
            study.exposed(Arm.CONTROL, 0, 1, 0.5, 1);
            withoutLatency(study, 9);
        }
        study.passes(WINDOW_MILLIS);
        withoutLatency(study, 800);
        assertEquals(Hold.NONE, study.state.hold());

        withoutLatency(study, 200);
        alarm(study);
    }

    @Test
    void whereSilenceIsAValueTheFirstReportMayBeLongInComing() {
        PlayedStudy study = PlayedStudy.plan().unguarded().played().arrives(0);
        ExposureTotals silent = new ExposureTotals(1, List.of(PlayedStudy.REWARD.tally(0)), List.of(0L), List.of(1L));
        for (int i = 0; i < 1_999; i++) {
            ripens(study, Arm.CONTROL, 0, silent);
        }
        assertEquals(Hold.NONE, study.state.hold());

        ripens(study, Arm.CONTROL, 0, silent);

        assertEquals(PlayedStudy.REWARD, alarm(study).metric());
    }

    /** The candidate loses every fifth latency. */
    @Test
    void reportsThatAreLostInOneArmHoldExploration() {
        PlayedStudy study = exploring();
        for (int i = 0; i < 100 && study.state.hold() == Hold.NONE; i++) {
            study.exposed(Arm.CONTROL, 0, 10, 0.5, 1).exposed(Arm.EXPLORE, 1, 4, 0.5, 1);
            ripens(study, Arm.EXPLORE, 1, withoutLatency(i % 2));
        }
        assertEquals(Hold.ALARM, study.state.hold());
        Reason.ReportRatesDiffer differ = assertInstanceOf(
                Reason.ReportRatesDiffer.class,
                study.all(Output.Audit.class).get(1).reason());
        assertEquals(PlayedStudy.LATENCY, differ.metric());
        assertEquals(1, differ.number());
    }

    /** Each candidate loses one latency of fifty, which is too little to see within its 200 exposures. */
    @Test
    void whatManyCandidatesLoseIsSeenOverAllOfThem() {
        PlayedStudy study = PlayedStudy.plan().slots(1).budget(1_000).played();
        for (int number = 0; number < 100 && study.state.hold() == Hold.NONE; number++) {
            study.arrives(number);
            for (int i = 0; i < 4 && study.state.hold() == Hold.NONE; i++) {
                study.exposed(Arm.CONTROL, 0, 100, 0.5, 1).exposed(Arm.EXPLORE, number, 49, 0.5, 1);
                ripens(study, Arm.EXPLORE, number, withoutLatency(i % 2));
            }
        }
        Reason.ReportRatesDiffer differ = assertInstanceOf(
                Reason.ReportRatesDiffer.class,
                study.all(Output.Audit.class).get(1).reason());
        assertEquals(Reason.ReportRatesDiffer.ALL, differ.number());
    }

    @Test
    void theAlarmIsRaisedOnce() {
        PlayedStudy study = exploring();
        silence(study);
        alarm(study);
        withoutLatency(study, 100);
        assertEquals(Hold.NO_REPORTS, study.state.hold());
        assertEquals(
                1, study.actions().stream().filter(Output.Action.ALARM::equals).count());
    }
}
