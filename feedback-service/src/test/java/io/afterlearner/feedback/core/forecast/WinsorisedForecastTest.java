package io.afterlearner.feedback.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.judge.Pace;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.statistics.Range;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mean and standard deviation are those of a world of heavy tails: AccountsTest; capped at the 0.99 quantile, 12, or not. */
class WinsorisedForecastTest {
    private static final Metric MEAN = new Metric("revenue", Metric.Aggregate.MEAN, true, new Range(0, 200));
    private static final Metric WINSORISED =
            new Metric("revenue", Metric.Aggregate.MEAN, true, new Range(0, 200), 0.99);
    private static final Baseline CAPPED = new Baseline(0.68, 1.94);
    private static final Baseline UNCAPPED = new Baseline(0.85, 4.2);

    private static Forecast forecast(Metric metric, Baseline baseline) {
        return forecast(metric, baseline, Long.MAX_VALUE);
    }

    private static Forecast forecast(Metric metric, Baseline baseline, long timeoutMillis) {
        JudgingPlan plan = new JudgingPlan(
                List.of(0.0),
                0.2,
                0.4,
                4,
                40,
                metric,
                List.of(),
                Duration.ofMinutes(30).toMillis(),
                0,
                1_000,
                0.95,
                false,
                0,
                0,
                Pace.AT_ONCE);
        return new Forecast(plan, new Traffic(30_000, 0), baseline, List.of(), 0, timeoutMillis);
    }

    @Test
    void theCapIsAtMostWhatMeanAndDeviationAllow() {
        double cap = CAPPED.capped(WINSORISED).range().high();
        assertTrue(cap > 12 && cap < 25, "cap " + cap);
        assertEquals(200, new Baseline(90, 60).capped(WINSORISED).range().high());
        assertEquals(MEAN, UNCAPPED.capped(MEAN));
    }

    @Test
    void aLiftTakesLessThanHalfAsLongAfterTheCalibration() {
        Forecast winsorised = forecast(WINSORISED, CAPPED);
        Forecast plain = forecast(MEAN, UNCAPPED);
        assertEquals(0.68, winsorised.level(), 1e-9);
        // Of the mean 40 % are 32 % of the winsorised mean.
        long with = winsorised.duel(0.32).exposures();
        long without = plain.duel(0.4).exposures();
        assertTrue(2 * with < without, with + " and " + without);
        assertEquals(0, plain.timing().calibrationMillis());
        // 1,000 values at 6,000 a day of control, and a window.
        assertEquals(
                Duration.ofHours(4).plusMinutes(30).toMillis(),
                winsorised.timing().calibrationMillis());
        assertEquals(
                winsorised.timing().calibrationMillis() + plain.timing().searchMillis(4),
                winsorised.timing().searchMillis(4));
    }

    /** The first candidates are asked at once, but wait for the cap. */
    @Test
    void candidatesThatWaitForTheCalibrationExpire() {
        Forecast patient = forecast(WINSORISED, CAPPED);
        long calibration = patient.timing().calibrationMillis();
        long candidate = patient.timing().candidateMillis();
        assertEquals(0, forecast(WINSORISED, CAPPED, calibration + candidate).expired());
        assertEquals(
                4, forecast(WINSORISED, CAPPED, calibration + candidate - 1).expired());
        assertTrue(candidate > calibration, candidate + " ms are not above " + calibration);
        Forecast hasty = forecast(WINSORISED, CAPPED, candidate);
        assertEquals(36, hasty.told());
        // The best of the first half of those that are told.
        assertEquals(
                patient.promotionMillis(0.4) - patient.timing().searchMillis(20),
                hasty.promotionMillis(0.4) - hasty.timing().searchMillis(18));
    }

    @Test
    void nothingIsPromotedIfAllCandidatesExpire() {
        long candidate = forecast(MEAN, UNCAPPED).timing().candidateMillis();
        Forecast told = forecast(MEAN, UNCAPPED, candidate);
        assertEquals(0, told.expired());
        assertEquals(40, told.told());
        assertEquals(Forecast.Obstacle.NONE, told.obstacle(0.4));
        for (Metric metric : List.of(MEAN, WINSORISED)) {
            Forecast expiring = forecast(metric, UNCAPPED, candidate - 1);
            assertEquals(40, expiring.expired());
            assertEquals(0, expiring.told());
            assertEquals(Forecast.Obstacle.TIMEOUT, expiring.obstacle(0.4));
            assertEquals(Effort.NEVER, expiring.promotionMillis(0.4));
        }
    }
}
