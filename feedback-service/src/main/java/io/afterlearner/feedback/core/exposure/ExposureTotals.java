package io.afterlearner.feedback.core.exposure;

import io.afterlearner.feedback.core.metric.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

    public ExposureTotals plus(ExposureTotals more) {
        List<Tally> sums = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            sums.add(tallies.get(i).plus(more.tallies.get(i)));
        }
        return new ExposureTotals(exposures + more.exposures, sums);
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
