package io.afterlearner.feedback.core.exposure;

import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * Counted exposures of one arm and their tallies.
 *
 * @param exposures number of ripe exposures; 0 in a correction
 * @param tallies by metric, in the order of the study's metrics: the goal first, then each guardrail's
 * @param reported number of exposures with a report, by metric
 * @param valued number of exposures with a value, by metric: a report, or silence where that has a value
 */
public record ExposureTotals(long exposures, List<Tally> tallies, List<Long> reported, List<Long> valued) {

    public ExposureTotals {
        tallies = List.copyOf(tallies);
        reported = List.copyOf(reported);
        valued = List.copyOf(valued);
    }

    /** Totals without silence: each value was reported by an exposure of its own. */
    public static ExposureTotals of(long exposures, List<Tally> tallies) {
        List<Long> counts = tallies.stream().map(Tally::count).toList();
        return new ExposureTotals(exposures, tallies, counts, counts);
    }

    public static ExposureTotals none(int metrics) {
        return ExposureTotals.of(0, Collections.nCopies(metrics, Tally.NONE));
    }

    public ExposureTotals plus(ExposureTotals other) {
        return new ExposureTotals(
                exposures + other.exposures,
                combined(tallies, other.tallies, Tally::plus),
                combined(reported, other.reported, Long::sum),
                combined(valued, other.valued, Long::sum));
    }

    /** The change from other totals to these. */
    public ExposureTotals minus(ExposureTotals other) {
        return new ExposureTotals(
                exposures - other.exposures,
                combined(tallies, other.tallies, Tally::minus),
                combined(reported, other.reported, ExposureTotals::difference),
                combined(valued, other.valued, ExposureTotals::difference));
    }

    private static long difference(long one, long other) {
        return one - other;
    }

    /** Combines two lists by metric. */
    static <T> List<T> combined(List<T> all, List<T> others, BinaryOperator<T> operator) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> operator.apply(all.get(i), others.get(i)))
                .toList();
    }

    /** The same with the values of the metric to improve capped. */
    public ExposureTotals capped(Metric goal) {
        return withGoal(goal.capped(goal()));
    }

    /** The same, of one exposure, with a second value beside that of the metric to improve. */
    ExposureTotals paired(double second) {
        return withGoal(goal().paired(second));
    }

    private ExposureTotals withGoal(Tally goal) {
        List<Tally> all = new ArrayList<>(tallies);
        all.set(0, goal);
        return new ExposureTotals(exposures, all, reported, valued);
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
