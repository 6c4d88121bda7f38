package io.afterlearner.feedback.core.exposure;

import io.afterlearner.feedback.core.metric.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What an arm's exposures were worth.
 *
 * @param exposures ripened
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

    /** Of the metric that is made better. */
    public Tally goal() {
        return tallies.get(0);
    }

    /** Of a guardrail's metric. */
    public Tally guarded(int guardrail) {
        return tallies.get(1 + guardrail);
    }
}
