package io.afterlearner.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of the events of every study that has ended. */
final class Trials {
    private Trials() {}

    /** Sequences have no gaps; each number is asked once, and told, failed or expired once. */
    static void assertExact(List<TrialEvent> trials, int budget) {
        Set<Long> asked = new HashSet<>();
        Set<Long> settled = new HashSet<>();
        for (int i = 0; i < trials.size(); i++) {
            TrialEvent trial = trials.get(i);
            assertEquals(i, trial.getSequence());
            if (trial.getType() == TrialEventType.ASKED) {
                assertTrue(asked.add(trial.getNumber()), "asked twice: " + trial);
            } else if (trial.getNumber() >= 0) {
                assertTrue(settled.add(trial.getNumber()), "settled twice: " + trial);
            }
        }
        assertEquals(budget, asked.size());
        assertEquals(asked, settled);
    }
}
