package io.afterlearner.feedback.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What an arm's exposures were worth.
 *
 * @param exposures ripened
 * @param tallies by metric, in the order of {@link Plan#metrics}
 */
public record Worth(long exposures, List<Tally> tallies) {

    public Worth {
        tallies = List.copyOf(tallies);
    }

    static Worth none(Plan plan) {
        return new Worth(0, Collections.nCopies(1 + plan.guardrails().size(), Tally.NONE));
    }

    public Worth plus(Worth more) {
        List<Tally> sums = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            sums.add(tallies.get(i).plus(more.tallies.get(i)));
        }
        return new Worth(exposures + more.exposures, sums);
    }

    /** Of the metric that is made better. */
    Tally goal() {
        return tallies.get(0);
    }

    /** Of a guardrail's metric. */
    Tally guarded(int guardrail) {
        return tallies.get(1 + guardrail);
    }
}
