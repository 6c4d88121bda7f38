package io.afterlearner.feedback.core.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.feedback.core.exposure.Attribution.Pooling;
import io.afterlearner.feedback.core.exposure.TrackedExposure.Report;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Metric.Per;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributionTest {
    private static final Per SESSIONS = new Per("sessions", 10);
    private static final Metric REVENUE = Metric.ratio("revenue", SESSIONS, true, new Range(0, 20));
    private static final Attribution RATIO = new Attribution(REVENUE, Pooling.RATIO, Double.NaN);
    private static final Attribution SILENT = new Attribution(REVENUE, Pooling.RATIO, 0);

    private static ExposureTotals totals(Attribution attribution, Report... reports) {
        return Attribution.totals(List.of(attribution), Arrays.asList(reports));
    }

    private static Report report(String id, String metric, double value) {
        return new Report(id, metric, value);
    }

    @Test
    void aRatioIsOfTheSumsOfAllReportsOfAnExposure() {
        ExposureTotals one = totals(
                RATIO,
                report("a", "revenue", 3),
                report("b", "revenue", 4),
                report("c", "sessions", 1),
                report("d", "sessions", 1),
                report("e", "latency", 99));
        assertEquals(3.5, REVENUE.level(one.goal()), 1e-12);
        ExposureTotals both = one.plus(totals(RATIO, report("a", "sessions", 5)));
        assertEquals(1, REVENUE.level(both.goal()), 1e-12, "7 in 7 sessions");
        assertEquals(List.of(2L), both.valued());
        assertEquals(List.of(1L), both.reported(), "with reports of both");
    }

    /** A unit that does not report what is divided by would otherwise be missed by nobody. */
    @Test
    void withoutItsDenominatorAnExposureHasNoValueUnlessSilenceSaysSo() {
        assertEquals(List.of(0L), totals(RATIO, report("a", "revenue", 3)).valued());
        assertEquals(Tally.NONE, totals(RATIO, report("a", "revenue", 3)).goal());
        ExposureTotals silent = totals(SILENT, report("a", "revenue", 3));
        assertEquals(List.of(1L), silent.valued());
        assertEquals(0, silent.goal().pairs().sum());
        assertEquals(List.of(1L), totals(RATIO, report("a", "sessions", 0)).valued());
    }

    @Test
    void aLateReportCorrectsBothSums() {
        TrackedExposure before = TrackedExposure.open("s", 1, Arm.CONTROL, 0, 1, 1, "shop", 2)
                .plus(report("a", "sessions", 1))
                .plus(report("b", "revenue", 8));
        TrackedExposure after = before.plus(report("c", "sessions", 3));
        ExposureTotals counted = Attribution.totals(List.of(RATIO), before.reports())
                .plus(Attribution.correction(List.of(RATIO), before, after));
        assertEquals(1, counted.exposures());
        assertEquals(2, REVENUE.level(counted.goal()), 1e-12);
    }

    @Test
    void negativeDenominatorsThatGotThroughCountNothing() {
        ExposureTotals totals =
                totals(RATIO, report("a", "revenue", 8), report("b", "sessions", 2), report("c", "sessions", -100));
        assertEquals(4, REVENUE.level(totals.goal()), 1e-12);
    }
}
