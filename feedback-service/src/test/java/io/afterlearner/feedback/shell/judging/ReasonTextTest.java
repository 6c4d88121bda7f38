package io.afterlearner.feedback.shell.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.core.metric.Adjustment;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.statistics.DriftDetector;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.OnlineSpec;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReasonTextTest {
    private static final OnlineSpec ONLINE = Specs.online(1_000, 10, 0, List.of());
    private static final Metric CLICK = new Metric("click", Metric.Aggregate.MEAN, true, new Range(0, 2));
    private static final Reason.Figures FIGURES = new Reason.Figures(-0.25, 0.125, 40, 80, CLICK);
    private static final Reason.GuardrailBroken BROKEN = new Reason.GuardrailBroken(
            JudgingPlans.guardrail(ONLINE, ONLINE.getGuardrails().get(0)), 300, 100, 60, 120);
    private static final Metric REVENUE = new Metric("revenue", Metric.Aggregate.MEAN, true, new Range(0, 12.5), 0.99);
    private static final Metric ADJUSTED = CLICK.adjusted(new Adjustment(0.75, 0.25));
    private static final List<Reason> ALL = List.of(
            BROKEN,
            new Reason.Worse(FIGURES),
            new Reason.NotBetter(FIGURES, 7, 9),
            new Reason.Rejected(),
            new Reason.Ended(Input.Action.STOP),
            new Reason.TooManyWaiting(),
            new Reason.NoFreeSlot(),
            new Reason.DeadlinePassed(3, 10),
            new Reason.TooFewReports(1, 2, 3),
            new Reason.Begun(),
            new Reason.Commanded(Input.Action.PAUSE),
            new Reason.Overruled("prices are wrong"),
            new Reason.CandidateTold(4),
            new Reason.CandidateFailed(4, BROKEN),
            new Reason.DuelLost(4, new Reason.NotBetter(FIGURES, 7, 9)),
            new Reason.DuelWon(4, 0, FIGURES),
            new Reason.ChampionFailed(4, BROKEN),
            new Reason.ChampionReverted(4),
            new Reason.Drifted(CLICK, false, new DriftDetector.Shift(0.25, 0.5)),
            new Reason.SampleRatioMismatch(1, 2, 3, 0.1, 0.2),
            new Reason.ShippedModelDiffers(),
            new Reason.PoolMismatch(7_000, 9_000),
            new Reason.ExposureLimitReached(9),
            new Reason.StudyDeadlineReached(),
            new Reason.AllSettled(9),
            new Reason.GuardrailNotShown(
                    JudgingPlans.guardrail(ONLINE, ONLINE.getGuardrails().get(0)), 600, 200),
            new Reason.RestsOnClient("key:app", FIGURES, 600, 200),
            new Reason.NoReports(new Metric("latency", Metric.Aggregate.P95, false, new Range(0, 2)), 31),
            new Reason.ReportsArrive(),
            new Reason.NoAnswer("load", "Prometheus does not answer", Arm.EXPLORE, 3, 0),
            new Reason.MoreMissing(3, 1, 0.125),
            new Reason.Answered(),
            new Reason.ReportRatesDiffer(
                    4, new Metric("latency", Metric.Aggregate.P95, false, new Range(0, 2)), 9, 5, 9, 9),
            new Reason.TooSmall(4, 0.25, 0.125, 5_000, 900, 4_000, CLICK),
            new Reason.NotBetterLate(4, FIGURES, 300),
            new Reason.ErrorBudgetSpent(4, 60, 5_000, 900),
            new Reason.Ramped(4, 0.25),
            new Reason.Calibrated(REVENUE, 12.5, 1_000),
            new Reason.Adjusted(ADJUSTED, 200, 60),
            new Reason.NotReopened(3));

    private final ReasonText text = new ReasonText(ONLINE);

    @Test
    void eachReasonHasAText() {
        Set<Class<?>> kinds = Arrays.stream(Reason.class.getDeclaredClasses())
                .filter(kind -> Reason.class.isAssignableFrom(kind) && !Modifier.isInterface(kind.getModifiers()))
                .collect(Collectors.toSet());
        assertEquals(kinds, ALL.stream().map(Object::getClass).collect(Collectors.toSet()));
        for (Reason reason : ALL) {
            assertFalse(text.of(reason).isBlank(), reason.toString());
        }
    }

    @Test
    void whatLateValuesSaidIsTold() {
        String told = "candidate 4 was told by early values, which were better than control's; ";
        String over = told + "now that the windows of its 300 exposures are over, it is ";
        assertEquals(
                over + "worse by 0.2500 ± 0.1250 (40 and 80 values), so its gain was early only",
                text.of(late(0.25, 0.125)));
        assertEquals(
                over + "better by 0.1250 ± 0.1250 (40 and 80 values), which is no sign of a gain",
                text.of(late(-0.125, 0.125)));
        assertEquals(
                over + "better by 0.2500 ± 0.1250 (40 and 80 values), but not within its guardrails",
                text.of(late(-0.25, 0.125)));
        assertEquals(
                told + "of whole windows there are too few values to compare (40, and 80 of control)",
                text.of(late(Double.NaN, Double.NaN)));
    }

    private static Reason late(double loss, double error) {
        return new Reason.NotBetterLate(4, new Reason.Figures(loss, error, 40, 80, CLICK), 300);
    }

    @Test
    void theTextHasTheFigures() {
        assertEquals(
                "candidate 4 is better than champion 0 by 0.2500 ± 0.1250 (40 and 80 values), and keeps each guardrail",
                text.of(new Reason.DuelWon(4, 0, FIGURES)));
        assertEquals("click of the shipped model moved from 0.5000 to 1.000", text.of(ALL.get(18)));
        assertEquals(
                "candidate 4 is not worth a duel: to show a gain of 0.2500 ± 0.1250 takes about 5,000 exposures, and a duel may have"
                        + " at most 900",
                text.of(new Reason.TooSmall(4, 0.25, 0.125, 5_000, 900, 4_000, CLICK)));
        assertEquals(
                "candidate 4 is not worth a duel: to show a gain of 0.2500 ± 0.1250 takes more exposures than any study has, and a duel"
                        + " may have at most 900",
                text.of(new Reason.TooSmall(4, 0.25, 0.125, Effort.NEVER, 900, Effort.NEVER, CLICK)));
        assertEquals(
                "no report of latency for 1 exposure of control: exploration is held until one comes; check that the application"
                        + " reports it",
                text.of(new Reason.NoReports(new Metric("latency", Metric.Aggregate.P95, false, new Range(0, 2)), 1)));
        assertEquals(
                "no value of load for a slice of candidate 3: exploration is held until its query has one; Prometheus does not answer",
                text.of(new Reason.NoAnswer("load", "Prometheus does not answer", Arm.EXPLORE, 3, 0)));
        assertEquals(
                "better in the slices that have values, but 3 of its slices had none, and 1 of control and champion, although its share of"
                        + " the slices is 12 %: it may break what measures it",
                text.of(new Reason.MoreMissing(3, 1, 0.12)));
        assertEquals(
                "sample ratio mismatch: all candidates together have 7,000 exposures, but by those of control and their shares it should be"
                        + " about 9,000",
                text.of(new Reason.PoolMismatch(7_000, 9_000)));
        assertEquals("champion 4 serves 25 % of its units", text.of(new Reason.Ramped(4, 0.25)));
        String broken = text.of(new Reason.CandidateFailed(4, BROKEN));
        assertTrue(broken.startsWith("candidate 4 failed: guardrail broken: P95 of latency is 300.0"), broken);
    }

    private String lost(double loss, long exposures) {
        Reason.Figures figures = new Reason.Figures(loss, 0.125, 40, 1, CLICK);
        return text.of(new Reason.DuelLost(4, new Reason.NotBetter(figures, exposures, 900)));
    }

    @Test
    void aLostDuelSaysInWhichDirectionItDiffersAndWhetherItWasAbandoned() {
        assertEquals(
                "candidate 4 lost to the champion: not shown to be better after 1,000 exposures (900 planned): it measured better than"
                        + " the champion by 0.2500 ± 0.1250 (40 and 1 value)",
                lost(-0.25, 1_000));
        assertEquals(
                "candidate 4 lost to the champion: abandoned as futile after 700 exposures of 900 planned, because the probability of a"
                        + " win by then was below 10 %: it measured worse than the champion by 0.2500 ± 0.1250 (40 and 1 value)",
                lost(0.25, 700));
        assertTrue(
                lost(0, 700).contains("it measured like the champion, with a difference of 0 ± 0.1250"), lost(0, 700));
        assertEquals(
                "candidate 4 lost to the champion: worse than the champion by 0.2500 ± 0.1250 (40 and 80 values)",
                text.of(new Reason.DuelLost(4, new Reason.Worse(new Reason.Figures(0.25, 0.125, 40, 80, CLICK)))));
        assertEquals(
                "champion 4: worse than control by 0.2500 ± 0.1250 (40 and 80 values)",
                text.of(new Reason.ChampionFailed(
                        4, new Reason.Worse(new Reason.Figures(0.25, 0.125, 40, 80, CLICK)))));
        String rests = text.of(new Reason.RestsOnClient("key:app", FIGURES, 600, 200));
        assertTrue(rests.contains("without its units, it is better than the champion by 0.2500 ± 0.1250"), rests);
    }

    @Test
    void aRangeThatCostsExposuresIsNamedUnlessTheMetricIsARate() {
        Reason small = new Reason.TooSmall(4, 0.25, 0.125, 5_000, 900, 2_000, CLICK);
        String said = new ReasonText(withAggregate(Aggregate.MEAN)).of(small);
        assertTrue(
                said.endsWith(
                        "; with a range of click that is no wider than its values spread, it would take about 2,000"),
                said);
        String rate = new ReasonText(withAggregate(Aggregate.RATE)).of(small);
        assertTrue(rate.endsWith("at most 900"), "a rate has no range to choose");
    }

    @Test
    void ofAGainWithinItsErrorNoExposuresAreNamed() {
        assertEquals(
                "candidate 64 is not worth a duel: its gain of 0.001000 ± 0.1000 is not above its standard error, and to show such a gain"
                        + " takes more than the 6,000 exposures that a duel may have",
                text.of(new Reason.TooSmall(64, 0.001, 0.1, 1_799_085_754, 6_000, 700_000_000, CLICK)));
        assertEquals(
                "candidate 64 is not worth a duel: its gain of 0.1250 ± 0.1250 in the mean of values winsorised at 12.50 is not above its"
                        + " standard error, and to show such a gain takes more than the 6,000 exposures that a duel may have",
                text.of(new Reason.TooSmall(64, 0.125, 0.125, Effort.NEVER, 6_000, Effort.NEVER, REVENUE)));
    }

    @Test
    void aRangeThatAloneKeepsAGainWithinItsErrorFromADuelIsNamed() {
        String said = new ReasonText(withAggregate(Aggregate.MEAN))
                .of(new Reason.TooSmall(4, 0.1, 0.125, 50_000, 6_000, 5_000, CLICK));
        assertTrue(
                said.endsWith(
                        "; with a range of click that is no wider than its values spread, it would take about 5,000"),
                said);
    }

    private static OnlineSpec withAggregate(Aggregate aggregate) {
        return OnlineSpec.newBuilder(ONLINE)
                .setMetric(io.afterlearner.schemas.Metric.newBuilder(ONLINE.getMetric())
                        .setAggregate(aggregate)
                        .build())
                .build();
    }

    @Test
    void aStudyWithoutGuardrailsKeepsNone() {
        OnlineSpec unguarded =
                OnlineSpec.newBuilder(ONLINE).setGuardrails(List.of()).build();
        assertEquals(
                "candidate 4 is better than champion 0 by 0.2500 ± 0.1250 (40 and 80 values)",
                new ReasonText(unguarded).of(new Reason.DuelWon(4, 0, FIGURES)));
    }

    @Test
    void ofWinsorisedValuesTheTextSaysWhereTheyAreCapped() {
        assertEquals(
                "the 0.99 quantile of 1,000 values of revenue with the shipped model is 12.50: from now on each unit's value counts up to"
                        + " that, in all arms, and candidates are explored",
                text.of(new Reason.Calibrated(REVENUE, 12.5, 1_000)));
        assertEquals(
                "the 0.99 quantile of 1,000 values of revenue with the shipped model is 0.000, the lower end of the range, so values cannot"
                        + " be winsorised there: exploration is held; create a study with a higher winsorise, or resume this one"
                        + " without",
                text.of(new Reason.Calibrated(REVENUE, 0, 1_000)));
        assertEquals(
                "candidate 4 is better than champion 0 by 0.2500 ± 0.1250 (40 and 80 values, means of values winsorised at 12.50), and"
                        + " keeps each guardrail",
                text.of(new Reason.DuelWon(4, 0, new Reason.Figures(-0.25, 0.125, 40, 80, REVENUE))));
        assertEquals(
                "candidate 4 is not worth a duel: to show a gain of 0.2500 ± 0.1250 in the mean of values winsorised at 12.50 takes about"
                        + " 5,000 exposures, and a duel may have at most 900",
                text.of(new Reason.TooSmall(4, 0.25, 0.125, 5_000, 900, 4_000, REVENUE)));
    }

    @Test
    void ofAdjustedValuesTheTextSaysByWhatTheyAreAdjusted() {
        assertEquals(
                "values of click are adjusted from now on by what their unit did before: 0.750 times its mean, as far as that is above"
                        + " 0.5000, is subtracted; fitted to 200 values of the shipped model",
                text.of(new Reason.Adjusted(ADJUSTED, 200, 60)));
        assertEquals(
                "candidate 4 is better than champion 0 by 0.2500 ± 0.1250 (40 and 80 values, means of values adjusted by their units'"
                        + " past), and keeps each guardrail",
                text.of(new Reason.DuelWon(4, 0, new Reason.Figures(-0.25, 0.125, 40, 80, ADJUSTED))));
        assertEquals(
                "candidate 4 is not worth a duel: to show a gain of 0.2500 ± 0.1250 in the mean of values adjusted by their units' past"
                        + " takes about 5,000 exposures, and a duel may have at most 900",
                text.of(new Reason.TooSmall(4, 0.25, 0.125, 5_000, 900, 4_000, ADJUSTED)));
    }

    @Test
    void whereThePastExplainsNothingTheTextSaysThatValuesCountAsTheyAre() {
        Metric plain = CLICK.adjusted(Adjustment.NONE);
        assertEquals(
                "values of click are not adjusted: of 2,000, 60 are of units with a past, which explains nothing of them",
                text.of(new Reason.Adjusted(plain, 60, 1_940)));
        assertEquals(
                "candidate 4 is better than champion 0 by 0.2500 ± 0.1250 (40 and 80 values), and keeps each guardrail",
                text.of(new Reason.DuelWon(4, 0, new Reason.Figures(-0.25, 0.125, 40, 80, plain))));
    }
}
