package io.afterlearner.feedback.core.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.Attribution.Pooling;
import io.afterlearner.feedback.core.exposure.TrackedExposure.Report;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Metric.Aggregate;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceTallyTest {
    private static final int MANY = 10_000;
    private static final Metric LOAD = new Metric("load", Aggregate.MEAN, false, new Range(0, 1));
    private static final Metric LATENCY = new Metric("latency", Aggregate.P95, false, new Range(0, 1_000));
    private static final List<Attribution> ATTRIBUTIONS = List.of(
            new Attribution(LOAD, Pooling.MEAN, Double.NaN),
            new Attribution(LATENCY, Pooling.EACH, Double.NaN),
            new Attribution(LOAD, Pooling.SUM, 0.5),
            new Attribution(LOAD, Pooling.ANY, 0));

    /** Numbers 1 to {@link #MANY}, in a mixed order. */
    private static int mixed(int i) {
        return 1 + (int) (i * 7919L % MANY);
    }

    private static List<Double> means(SliceTally tally) {
        return tally.totals(ATTRIBUTIONS).tallies().stream()
                .map(each -> each.sums().mean())
                .toList();
    }

    @Test
    void everyReportCountsAndTheSliceIsOneObservationPerMetric() {
        SliceTally tally = SliceTally.none(ATTRIBUTIONS);
        for (int i = 0; i < MANY; i++) {
            tally = tally.plus(new Report("load " + i, "load", mixed(i) <= MANY / 4 ? 0.001 : 0), ATTRIBUTIONS);
            tally = tally.plus(new Report("latency " + i, "latency", 1_000.0 * mixed(i) / MANY), ATTRIBUTIONS);
        }
        assertEquals(2 * MANY, tally.seen());
        assertEquals(1, tally.totals(ATTRIBUTIONS).exposures());
        assertEquals(
                List.of(1L, 1L, 1L, 1L),
                tally.totals(ATTRIBUTIONS).tallies().stream().map(Tally::count).toList());
        List<Double> means = means(tally);
        assertEquals(0.00025, means.get(0), 1e-12, "the mean");
        assertEquals(0.95, means.get(1), 0.005, "the p95, to half a percent");
        assertEquals(1, means.get(2), "the sum, clamped to the range");
        assertEquals(1, means.get(3), "whether any is above 0");
    }

    @Test
    void aSliceWithoutReportsCountsAsItsSilenceSays() {
        assertEquals(List.of(Double.NaN, Double.NaN, 0.5, 0.0), means(SliceTally.none(ATTRIBUTIONS)));
    }

    @Test
    void aSliceIsReportedByAnyReportAndValuedBySilenceToo() {
        SliceTally none = SliceTally.none(ATTRIBUTIONS);
        assertEquals(List.of(0L, 0L, 0L, 0L), none.totals(ATTRIBUTIONS).reported());
        assertEquals(List.of(0L, 0L, 1L, 1L), none.totals(ATTRIBUTIONS).valued());
        ExposureTotals two = none.plus(new Report("e", "load", 0), ATTRIBUTIONS)
                .plus(new Report("f", "load", 1), ATTRIBUTIONS)
                .totals(ATTRIBUTIONS);
        assertEquals(List.of(1L, 0L, 1L, 1L), two.reported());
        assertEquals(List.of(1L, 0L, 1L, 1L), two.valued());
    }

    @Test
    void anEventIsRecognizedAmongTheLatestPerMetric() {
        Report first = new Report("first", "load", 1);
        SliceTally tally = SliceTally.none(ATTRIBUTIONS).plus(first, ATTRIBUTIONS);
        assertFalse(tally.has(new Report("first", "latency", 1)));
        for (int i = 1; i < SliceTally.RECENT; i++) {
            assertTrue(tally.has(first), i + " reports later");
            tally = tally.plus(new Report("e" + i, "load", 0), ATTRIBUTIONS);
        }
        assertTrue(tally.has(first));
        tally = tally.plus(new Report("one more", "load", 0), ATTRIBUTIONS);
        assertFalse(tally.has(first));
        assertTrue(tally.has(new Report("e1", "load", 0)));
    }

    @Test
    void itsSizeIsLimitedHoweverManyReportsItHas() {
        SliceTally tally = SliceTally.none(ATTRIBUTIONS);
        for (int i = 0; i < 3 * SliceTally.RECENT; i++) {
            tally = tally.plus(new Report("e" + i, "load", 0), ATTRIBUTIONS);
        }
        assertEquals(SliceTally.RECENT * Long.BYTES, tally.recent().length);
    }
}
