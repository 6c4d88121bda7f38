package io.afterlearner.feedback.core.exposure;

import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.ArrayList;
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
        return new ExposureTotals(1, tallies(attributions, reports));
    }

    /** The change of already counted totals by late reports. */
    public static ExposureTotals correction(
            List<Attribution> attributions, TrackedExposure before, TrackedExposure after) {
        List<Tally> old = tallies(attributions, before.reports());
        List<Tally> now = tallies(attributions, after.reports());
        List<Tally> change = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            change.add(now.get(i).minus(old.get(i)));
        }
        return new ExposureTotals(0, change);
    }

    private static List<Tally> tallies(List<Attribution> attributions, List<Report> reports) {
        return attributions.stream()
                .map(attribution -> attribution.tally(reports))
                .toList();
    }

    private Tally tally(List<Report> reports) {
        double[] values = reports.stream()
                .filter(reported -> reported.metric().equals(metric.name()))
                .mapToDouble(Report::value)
                .toArray();
        if (values.length == 0) {
            return Double.isNaN(silence) ? Tally.NONE : metric.tally(silence);
        }
        return switch (pooling) {
            case EACH -> each(values);
            case MEAN -> metric.tally(sum(values) / values.length);
            case SUM -> metric.tally(sum(values));
            case ANY -> metric.tally(hasPositive(values) ? 1 : 0);
        };
    }

    private Tally each(double[] values) {
        Tally all = Tally.NONE;
        for (double value : values) {
            all = all.plus(metric.tally(value));
        }
        return all;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static boolean hasPositive(double[] values) {
        for (double value : values) {
            if (value > 0) {
                return true;
            }
        }
        return false;
    }
}
