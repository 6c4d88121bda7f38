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
 * @param silence value of an exposure without reports; NaN if such an exposure does not count. For a ratio it is the denominator, 0
 */
public record Attribution(Metric metric, Pooling pooling, double silence) {

    /** How several values of one exposure count: each one, their mean, their sum, whether any is above 0, or a ratio of two sums. */
    public enum Pooling {
        EACH,
        MEAN,
        SUM,
        ANY,
        RATIO
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

    /** The same, with what the unit did before. */
    public static ExposureTotals totals(List<Attribution> attributions, TrackedExposure exposure) {
        ExposureTotals totals = totals(attributions, exposure.reports());
        return exposure.past() == TrackedExposure.NO_PAST ? totals : totals.paired(exposure.past());
    }

    /** The change of an exposure's totals by a report that came after it was counted. */
    public static ExposureTotals correction(
            List<Attribution> attributions, TrackedExposure before, TrackedExposure after) {
        return totals(attributions, after).minus(totals(attributions, before));
    }

    /** Whether there is a report of the metric; of a ratio, of both of its parts, so that each is missed. */
    private boolean isReported(List<Report> reports) {
        Metric.Per per = metric.per();
        return isReported(reports, metric.name()) && (per == null || isReported(reports, per.name()));
    }

    private static boolean isReported(List<Report> reports, String name) {
        return reports.stream().anyMatch(report -> report.metric().equals(name));
    }

    private static double[] values(List<Report> reports, String name) {
        return reports.stream()
                .filter(report -> report.metric().equals(name))
                .mapToDouble(Report::value)
                .toArray();
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
                    case RATIO -> throw new IllegalStateException("a slice has no units");
                });
    }

    private Tally tally(List<Report> reports) {
        double[] values = values(reports, metric.name());
        double sum = Arrays.stream(values).sum();
        Metric.Per per = metric.per();
        if (per != null) {
            double[] denominators = values(reports, per.name());
            return denominators.length == 0 && Double.isNaN(silence)
                    ? Tally.NONE
                    : metric.tally(
                            sum,
                            per,
                            Arrays.stream(denominators)
                                    .map(each -> Math.max(each, 0))
                                    .sum());
        }
        if (values.length == 0) {
            return Double.isNaN(silence) ? Tally.NONE : metric.tally(silence);
        }
        return switch (pooling) {
            case EACH -> Arrays.stream(values).mapToObj(metric::tally).reduce(Tally.NONE, Tally::plus);
            case MEAN -> metric.tally(sum / values.length);
            case SUM -> metric.tally(sum);
            case ANY -> metric.tally(Arrays.stream(values).anyMatch(value -> value > 0) ? 1 : 0);
            case RATIO -> throw new IllegalStateException(metric.name() + " has no denominator");
        };
    }
}
