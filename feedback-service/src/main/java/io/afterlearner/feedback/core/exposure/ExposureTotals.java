package io.afterlearner.feedback.core.exposure;

import io.afterlearner.feedback.core.metric.Tally;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * Counted exposures of one arm and their tallies.
 *
 * @param exposures number of ripe exposures; 0 in a correction
 * @param tallies by metric, in the order of the study's metrics: the goal first, then each guardrail's
 */
public record ExposureTotals(long exposures, List<Tally> tallies) {

    public ExposureTotals {
        tallies = List.copyOf(tallies);
    }

    public static ExposureTotals none(int metrics) {
        return new ExposureTotals(0, Collections.nCopies(metrics, Tally.NONE));
    }

    public ExposureTotals plus(ExposureTotals other) {
        return new ExposureTotals(exposures + other.exposures, combined(other, Tally::plus));
    }

    ExposureTotals minus(ExposureTotals other) {
        return new ExposureTotals(exposures - other.exposures, combined(other, Tally::minus));
    }

    private List<Tally> combined(ExposureTotals other, BinaryOperator<Tally> operator) {
        return IntStream.range(0, tallies.size())
                .mapToObj(i -> operator.apply(tallies.get(i), other.tallies.get(i)))
                .toList();
    }

    /** Tally of the metric that the study improves. */
    public Tally goal() {
        return tallies.get(0);
    }

    /** Tally of a guardrail's metric. */
    public Tally guarded(int guardrail) {
        return tallies.get(1 + guardrail);
    }
}
