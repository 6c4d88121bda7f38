package io.afterlearner.feedback.core.exposure;

import io.afterlearner.feedback.core.statistics.ReportRateCheck;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How many exposures of an arm, and of control over the same time, have values.
 *
 * @param values exposures with a value, by metric
 */
public record ReportCounts(long exposures, List<Long> values, long controlExposures, List<Long> controlValues) {

    public ReportCounts {
        values = List.copyOf(values);
        controlValues = List.copyOf(controlValues);
    }

    public static ReportCounts of(ExposureTotals own, ExposureTotals control) {
        return new ReportCounts(own.exposures(), own.valued(), control.exposures(), control.valued());
    }

    public static ReportCounts none(int metrics) {
        List<Long> none = Collections.nCopies(metrics, 0L);
        return new ReportCounts(0, none, 0, none);
    }

    public ReportCounts plus(ReportCounts other) {
        return new ReportCounts(
                exposures + other.exposures,
                ExposureTotals.combined(values, other.values, Long::sum),
                controlExposures + other.controlExposures,
                ExposureTotals.combined(controlValues, other.controlValues, Long::sum));
    }

    /** The first metric that the arm does not report as often as control; empty if there is none. */
    public OptionalInt differing(double alpha) {
        ReportRateCheck check = new ReportRateCheck(alpha / values.size());
        return IntStream.range(0, values.size())
                .filter(i -> check.isDifferent(exposures, values.get(i), controlExposures, controlValues.get(i)))
                .findFirst();
    }
}
