package io.afterlearner.feedback.core.exposure;

import io.afterlearner.feedback.core.exposure.TrackedExposure.Report;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Moments;
import java.util.Arrays;
import java.util.List;

/**
 * How the reports of one exposure count for a metric.
 *
 * @param silence value of an exposure without reports; NaN if such an exposure does not count
 */
public record Attribution(Metric metric, Pooling pooling, double silence) {

    /** How several values of one exposure count: each one, their mean, their sum, or whether any is above 0. */
    public enum Pooling {
        EACH,
        MEAN,
        SUM,
        ANY
    }

    /** The totals of one exposure. */
    public static ExposureTotals totals(List<Attribution> attributions, List<Report> reports) {
        List<Tally> tallies = attributions.stream()
                .map(attribution -> attribution.tally(reports))
                .toList();
        return new ExposureTotals(
                1,
                tallies,
                attributions.stream()
                        .map(attribution -> attribution.isReported(reports) ? 1L : 0L)
                        .toList(),
                tallies.stream().map(tally -> tally.count() > 0 ? 1L : 0L).toList());
    }

    /** The change of an exposure's totals by a report that came after it was counted. */
    public static ExposureTotals correction(
            List<Attribution> attributions, TrackedExposure before, TrackedExposure after) {
        return totals(attributions, after.reports()).minus(totals(attributions, before.reports()));
    }

    private boolean isReported(List<Report> reports) {
        return reports.stream().anyMatch(report -> report.metric().equals(metric.name()));
    }

    /** The tally of a slice: one value, so a quantile is the slice's own. */
    Tally tallyOfSlice(SliceTally.Values values) {
        Metric sliced = metric.ofSlices();
        if (values.count() == 0) {
            return Double.isNaN(silence) ? Tally.NONE : sliced.tally(silence);
        }
        return sliced.tally(
                switch (pooling) {
                    case EACH -> metric.level(Tally.of(Moments.NONE, values.bins()));
                    case MEAN -> values.sum() / values.count();
                    case SUM -> values.sum();
                    case ANY -> values.positive() > 0 ? 1 : 0;
                });
    }

    private Tally tally(List<Report> reports) {
        double[] values = reports.stream()
                .filter(report -> report.metric().equals(metric.name()))
                .mapToDouble(Report::value)
                .toArray();
        if (values.length == 0) {
            return Double.isNaN(silence) ? Tally.NONE : metric.tally(silence);
        }
        double sum = Arrays.stream(values).sum();
        return switch (pooling) {
            case EACH -> Arrays.stream(values).mapToObj(metric::tally).reduce(Tally.NONE, Tally::plus);
            case MEAN -> metric.tally(sum / values.length);
            case SUM -> metric.tally(sum);
            case ANY -> metric.tally(Arrays.stream(values).anyMatch(value -> value > 0) ? 1 : 0);
        };
    }
}
