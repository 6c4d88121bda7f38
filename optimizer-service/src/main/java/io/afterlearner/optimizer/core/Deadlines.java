package io.afterlearner.optimizer.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A queue of the times at which to check studies for expired candidates. A study is in the queue at most once, no later than
 * its first deadline. Deadlines only grow, so a told candidate needs no change here: a check that finds nothing due queues the
 * study again.
 */
public final class Deadlines {

    private record Look(long atMillis, String study) {}

    private final PriorityQueue<Look> looks = new PriorityQueue<>((a, b) -> Long.compare(a.atMillis(), b.atMillis()));
    private final Set<String> queued = new HashSet<>();

    /** Ensures that the study is checked by its deadline; {@link Long#MAX_VALUE} means no deadline. */
    public void expect(String study, long deadlineMillis) {
        if (deadlineMillis != Long.MAX_VALUE && queued.add(study)) {
            looks.add(new Look(deadlineMillis, study));
        }
    }

    /** Removes and returns the studies to check; call {@link #expect} for each of them again. */
    public List<String> due(long nowMillis) {
        List<String> studies = new ArrayList<>();
        while (!looks.isEmpty() && looks.element().atMillis() <= nowMillis) {
            String study = looks.remove().study();
            queued.remove(study);
            studies.add(study);
        }
        return studies;
    }
}
