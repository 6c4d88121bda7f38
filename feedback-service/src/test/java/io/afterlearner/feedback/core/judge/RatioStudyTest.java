package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Metric.Per;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Revenue per session is maximised; errors per request are at most 1.5 times control's. */
class RatioStudyTest {
    private static final Per SESSIONS = new Per("sessions", 10);
    private static final Per REQUESTS = new Per("requests", 40);
    private static final Metric REVENUE = Metric.ratio("revenue", SESSIONS, true, new Range(0, 10));
    private static final Metric ERRORS = Metric.ratio("errors", REQUESTS, false, new Range(0, 1));

    private final SplittableRandom random = new SplittableRandom(1);

    private static PlayedStudy.PlanBuilder plan() {
        return PlayedStudy.plan().improving(REVENUE).exposures(100);
    }

    /** A unit with 1 to 4 sessions of 10 requests each; its own ratios vary around the given ones. */
    private void exposed(PlayedStudy study, Arm arm, long number, String client, double revenue, double errors) {
        int sessions = 1 + random.nextInt(4);
        double varied = random.nextInt(3) - 1;
        List<Tally> tallies = new ArrayList<>();
        tallies.add(REVENUE.tally(sessions * (revenue + varied), SESSIONS, sessions));
        if (!study.state.plan().guardrails().isEmpty()) {
            tallies.add(ERRORS.tally(sessions * 10 * errors * (1 + varied / 2), REQUESTS, sessions * 10));
        }
        long assigned = study.next();
        study.when(new Input.Ripened(study.next(), arm, number, assigned, client, ExposureTotals.of(1, tallies)));
    }

    /** Units of control, which has a revenue of 4 and 0.1 errors, and half as many of candidate 7. */
    private void asked(PlayedStudy study, String client, int exposures, double revenue, double errors) {
        for (int i = 0; i < exposures; i++) {
            exposed(study, Arm.CONTROL, 0, client, 4, 0.1);
            exposed(study, Arm.CONTROL, 0, client, 4, 0.1);
            exposed(study, Arm.EXPLORE, 7, client, revenue, errors);
        }
    }

    @Test
    void aBetterRatioThatKeepsARatioGuardrailIsPromoted() {
        PlayedStudy study = plan().limit(ERRORS, 1.5).played().recommended(7);
        asked(study, "shop", 1_500, 6, 0.1);
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.PROMOTE), study.actions());
    }

    @Test
    void aCandidateThatBreaksARatioGuardrailIsStoppedHoweverMuchBetterItsRatioIs() {
        PlayedStudy study = plan().limit(ERRORS, 1.5).played().arrives(7);
        asked(study, "shop", 300, 9, 0.4);
        Output.Failed failed = study.all(Output.Failed.class).get(0);
        Reason.GuardrailBroken broken = assertInstanceOf(Reason.GuardrailBroken.class, failed.reason());
        assertEquals(0.4, broken.measured(), 0.05);
        assertEquals(0.1, broken.control(), 0.02);
    }

    @Test
    void aBetterRatioThatIsNotShownToKeepARatioGuardrailIsNotPromoted() {
        PlayedStudy study = plan().limit(ERRORS, 1.5).played().recommended(7);
        asked(study, "shop", 1_500, 6, 0.15);
        assertEquals(0, study.champion());
    }

    @Test
    void noRatioIsPromotedOnTheReportsOfOneClientOfThree() {
        PlayedStudy study = plan().unguarded().played().recommended(7);
        for (int i = 0; i < 100; i++) {
            asked(study, "shop", 10, 3.5, 0);
            asked(study, "app", 10, 3.5, 0);
            asked(study, "poisoner", 10, 9, 0);
        }
        assertEquals(0, study.champion());
        Reason.DuelLost lost = assertInstanceOf(
                Reason.DuelLost.class, study.all(Output.Audit.class).get(1).reason());
        Reason.RestsOnClient rests = assertInstanceOf(Reason.RestsOnClient.class, lost.why());
        assertEquals("poisoner", rests.client());
    }

    @Test
    void aRatioThatIsBetterWithoutAnyOneClientIsPromoted() {
        PlayedStudy study = plan().unguarded().played().recommended(7);
        for (int i = 0; i < 30; i++) {
            asked(study, "shop", 10, 6, 0);
            asked(study, "app", 10, 6, 0);
            asked(study, "web", 10, 6, 0);
        }
        assertEquals(7, study.champion());
    }
}
