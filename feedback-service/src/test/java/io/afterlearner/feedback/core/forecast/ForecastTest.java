package io.afterlearner.feedback.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.judge.Contest;
import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.judge.Pace;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Metric.Aggregate;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Metric CLICK = new Metric("click", Aggregate.MEAN, true, new Range(0, 1));
    private static final Metric ERROR = new Metric("error", Aggregate.MEAN, false, new Range(0, 1));
    private static final Metric LATENCY = new Metric("latency", Aggregate.P95, false, new Range(0, 10_000));
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;
    private static final double RATE = 0.2;
    private static final double CONTROL = 0.2;
    private static final double EXPLORE = 0.4;
    private static final int SLOTS = 4;
    /** A duel has half of the slots. */
    private static final double CONTROL_PER_EXPOSURE = CONTROL / (EXPLORE / 2);

    private static final double OTHERS_PER_EXPOSURE = (1 - EXPLORE) / (EXPLORE / 2);

    private final SplittableRandom random = new SplittableRandom(7);

    private static JudgingPlan plan(Metric goal, long stopExposures, long stopMillis, Pace pace, Guardrail... guarded) {
        return new JudgingPlan(
                List.of(0.0),
                CONTROL,
                EXPLORE,
                SLOTS,
                40,
                goal,
                List.of(guarded),
                HOUR,
                0,
                200,
                0.95,
                false,
                stopExposures,
                stopMillis,
                pace);
    }

    private static JudgingPlan plan(Guardrail... guarded) {
        return plan(CLICK, 0, 0, Pace.AT_ONCE, guarded);
    }

    private static Forecast forecast(JudgingPlan plan, double perDay, Baseline... guarded) {
        List<Baseline> known =
                guarded.length == 0 ? Collections.nCopies(plan.guardrails().size(), null) : Arrays.asList(guarded);
        return new Forecast(plan, Traffic.of(perDay, 1, 0), Baseline.rate(RATE), known, 0, Long.MAX_VALUE);
    }

    private static Forecast.Guarded guarded(Guardrail guardrail, Baseline baseline) {
        return Objects.requireNonNull(
                forecast(plan(guardrail), 48_000, baseline).guardrails().get(0));
    }

    private static void near(long expected, long actual) {
        assertTrue(Math.abs(expected - actual) <= 10, () -> expected + " is not " + actual);
    }

    private static Tally of(Metric metric, double count, DoubleSupplier value) {
        Tally sum = Tally.NONE;
        for (long i = 0; i < count; i++) {
            sum = sum.plus(metric.tally(value.getAsDouble()));
        }
        return sum;
    }

    private double coin(double rate) {
        return random.nextDouble() < rate ? 1 : 0;
    }

    /** Log-normal with a mean of 120 and a standard deviation of 60. */
    private double latency() {
        double variance = Math.log(1.25);
        double normal = Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
        return Math.exp(Math.log(120) - variance / 2 + Math.sqrt(variance) * normal);
    }

    private static double share(int times, BooleanSupplier holds) {
        return IntStream.range(0, times).filter(i -> holds.getAsBoolean()).count() / (double) times;
    }

    @Test
    void eightOfTenDuelsShowTheirLiftByTheForetoldExposures() {
        double gain = 0.3 * RATE;
        // Values of both spread the same, as the plan assumes.
        double shown =
                shown(new Metric("value", Aggregate.MEAN, true, new Range(0, 1 + gain)), () -> coin(RATE) + gain);
        assertEquals(0.8, shown, 0.06);
    }

    @Test
    void aRateThatRisesSpreadsMoreAndIsShownLessOften() {
        double shown = shown(CLICK, () -> coin(1.3 * RATE));
        assertEquals(0.7, shown, 0.06);
    }

    /** Share of first duels for a lift of 30 % that show it by the exposures that are foretold. */
    private double shown(Metric metric, DoubleSupplier candidate) {
        JudgingPlan plan = plan(metric, 0, 0, Pace.AT_ONCE);
        long exposures = forecast(plan, 48_000).duel(0.3).exposures();
        Comparison comparison = new Comparison(metric, Contest.alpha(plan.alpha(), 1));
        return share(
                400,
                () -> comparison.isBetter(
                        of(metric, (double) exposures, candidate),
                        of(metric, OTHERS_PER_EXPOSURE * exposures, () -> coin(RATE))));
    }

    @Test
    void eightOfTenCandidatesLikeTheShippedModelAreShownToKeepARateByThen() {
        Guardrail guardrail = new Guardrail(ERROR, 1.25);
        long exposures = guarded(guardrail, Baseline.rate(RATE)).exposures();

        double shown = share(
                300,
                () -> guardrail.isKept(
                        of(ERROR, (double) exposures, () -> coin(RATE)),
                        of(ERROR, CONTROL_PER_EXPOSURE * exposures, () -> coin(RATE)),
                        plan().alpha()));

        assertEquals(0.8, shown, 0.07, exposures + " exposures");
    }

    @Test
    void mostCandidatesLikeTheShippedModelAreShownToKeepAQuantileByThen() {
        Guardrail guardrail = new Guardrail(LATENCY, 1.2);
        long exposures = guarded(guardrail, new Baseline(120, 60)).exposures();

        double shown = share(
                60,
                () -> guardrail.isKept(
                        of(LATENCY, (double) exposures, this::latency),
                        of(LATENCY, CONTROL_PER_EXPOSURE * exposures, this::latency),
                        plan().alpha()));

        assertTrue(shown > 0.65, shown + " with " + exposures + " exposures");
        assertTrue(exposures < 3_000, exposures + " exposures");
    }

    @Test
    void aGuardrailIsPossibleIfAWinnerWaitsThatLong() {
        // A duel has at most 4,000 exposures; a winner waits for its guardrails for up to 25 times as many.
        Forecast.Guarded slow = guarded(new Guardrail(ERROR, 1.2), Baseline.rate(0.04));
        assertTrue(slow.exposures() > 4_000, slow.exposures() + " exposures");
        assertTrue(slow.isPossible(), slow.exposures() + " exposures");
        Forecast.Guarded tight = guarded(new Guardrail(ERROR, 1.05), Baseline.rate(0.04));
        assertTrue(tight.exposures() > 100_000, tight.exposures() + " exposures");
        assertFalse(tight.isPossible());
        Forecast.Guarded looser = guarded(new Guardrail(ERROR, tight.possibleLimit()), Baseline.rate(0.04));
        assertTrue(looser.isPossible(), tight.possibleLimit() + " is not possible");
        Forecast.Guarded between = guarded(new Guardrail(ERROR, tight.possibleLimit() - 0.02), Baseline.rate(0.04));
        assertFalse(between.isPossible(), "a stricter limit than " + tight.possibleLimit() + " is possible");
    }

    @Test
    void aWinnerIsPromotedWhenItsGuardrailsAreShownToBeKept() {
        Guardrail slow = new Guardrail(ERROR, 1.2);
        Forecast forecast = forecast(plan(slow), 48_000, Baseline.rate(0.04));
        Timing timing = forecast.timing();
        long needed = Objects.requireNonNull(forecast.guardrails().get(0)).exposures();
        assertTrue(needed > forecast.duel(0.4).exposures());
        near(timing.searchMillis(20) + timing.duelMillis(needed), forecast.promotionMillis(0.4));
        Forecast never =
                forecast(plan(slow, new Guardrail(ERROR, 1.05)), 48_000, Baseline.rate(0.04), Baseline.rate(0.04));
        assertEquals(Effort.NEVER, never.promotionMillis(0.4));
    }

    @Test
    void aLimitThatLeavesNoRoomIsNeverShown() {
        assertEquals(
                Effort.NEVER,
                guarded(new Guardrail(ERROR, 1), Baseline.rate(0.04)).exposures());
        assertNull(
                forecast(plan(new Guardrail(ERROR, 1.2)), 48_000).guardrails().get(0), "it has no baseline");
    }

    @Test
    void aCandidateTakesItsShareOfTheTrafficAndAWindow() {
        near(2 * HOUR, forecast(plan(), 48_000).timing().candidateMillis());
        near(3 * HOUR, forecast(plan(), 24_000).timing().candidateMillis());
        near(20 * HOUR, forecast(plan(), 48_000).timing().searchMillis(40));
        Timing returning = new Timing(plan(), Traffic.of(24_000, 2, HOUR), 0);
        near(5 * HOUR / 2, returning.candidateMillis());
    }

    @Test
    void aUnitCountsOncePerHorizon() {
        assertEquals(3_000, Traffic.of(1_000, 3, HOUR).drawsPerDay());
        assertEquals(2_000, Traffic.of(1_000, 3, 12 * HOUR).drawsPerDay());
        assertEquals(1_000 / 7.0, Traffic.of(1_000, 3, 7 * DAY).drawsPerDay(), 1e-9);
        assertEquals(144, Traffic.ofSlices(600_000).drawsPerDay());
    }

    @Test
    void theLeastLiftIsTheLeastThatIsTried() {
        Forecast forecast = forecast(plan(), 48_000);
        double least = forecast.detectableLift();
        assertTrue(forecast.duel(least).isTried());
        assertFalse(forecast.duel(0.97 * least).isTried());
        JudgingPlan more = new JudgingPlan(
                List.of(0.0),
                CONTROL,
                EXPLORE,
                SLOTS,
                40,
                CLICK,
                List.of(),
                HOUR,
                0,
                forecast.exposuresFor(0.1),
                0.95,
                false,
                0,
                0,
                Pace.AT_ONCE);
        assertTrue(forecast(more, 48_000).duel(0.1).isTried(), more.exposures() + " exposures");
        assertEquals(RATE * 1.3, forecast.duel(0.3).level(), 1e-9);
        assertEquals(
                RATE * 0.7,
                forecast(plan(ERROR, 0, 0, Pace.AT_ONCE), 48_000).duel(0.3).level(),
                1e-9);
    }

    @Test
    void stopLeavesFewerCandidatesAndShorterDuels() {
        Timing free = forecast(plan(), 48_000).timing();
        assertEquals(40, free.candidates());
        assertEquals(4_000, free.mostDuelExposures());
        // A round of candidates takes 2 h, and a duel's last exposures an hour more.
        Timing timed = forecast(plan(CLICK, 0, 5 * HOUR, Pace.AT_ONCE), 48_000).timing();
        assertEquals(2 * SLOTS, timed.candidates());
        near(800, timed.mostDuelExposures());
        // In 2 h, a candidate is served to 400 units.
        Timing counted = forecast(plan(CLICK, 4_000, 0, Pace.AT_ONCE), 48_000).timing();
        assertEquals(10, counted.candidates());
        near(4_000 - 4 * 400, counted.mostDuelExposures());
        Timing none = forecast(plan(CLICK, 0, HOUR, Pace.AT_ONCE), 48_000).timing();
        assertEquals(0, none.candidates());
        assertTrue(Double.isNaN(
                forecast(plan(CLICK, 0, HOUR, Pace.AT_ONCE), 48_000).detectableLift()));
    }

    @Test
    void aDuelLastsForItsLeastRunAndWholeCycles() {
        near(3 * HOUR, forecast(plan(), 48_000).timing().duelMillis(800));
        Timing slow = forecast(plan(CLICK, 0, 0, new Pace(6 * HOUR, 0, List.of())), 48_000)
                .timing();
        near(7 * HOUR, slow.duelMillis(800));
        Timing cycled =
                forecast(plan(CLICK, 0, 0, new Pace(0, DAY, List.of())), 48_000).timing();
        near(25 * HOUR, cycled.duelMillis(800));
        near(49 * HOUR, cycled.duelMillis(400 * 25));
        Traffic returning = Traffic.of(48_000, 1, HOUR);
        near(7 * HOUR / 2, new Timing(plan(), returning, 0).duelMillis(800));
        near(25 * HOUR, new Timing(plan(CLICK, 0, 0, new Pace(0, DAY, List.of())), returning, 0).duelMillis(800));
        assertEquals(Effort.NEVER, cycled.duelMillis(Effort.NEVER));
    }

    @Test
    void aRampWatchesEachStepButTheLast() {
        assertEquals(0, forecast(plan(), 48_000).timing().rampMillis());
        Pace ramp = new Pace(0, 0, List.of(0.25, 1.0));
        // A quarter of the champion's 40 % are 200 units an hour.
        near(2 * HOUR, forecast(plan(CLICK, 0, 0, ramp), 48_000).timing().rampMillis());
        Pace slow = new Pace(5 * HOUR, 0, List.of(0.25, 1.0));
        near(6 * HOUR, forecast(plan(CLICK, 0, 0, slow), 48_000).timing().rampMillis());
    }
}
