package io.afterlearner.optimizer.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * When to look at which study again. A study is in the queue at most once, at a time no later than its first deadline:
 * deadlines only grow, so a telling needs no change here, and a look that finds nothing due puts the study back further.
 */
public final class Deadlines {

    private record Look(long atMillis, String study) {}

    private final PriorityQueue<Look> looks = new PriorityQueue<>((a, b) -> Long.compare(a.atMillis(), b.atMillis()));
    private final Set<String> queued = new HashSet<>();

    /** Makes sure that the study is looked at by its deadline; {@link Long#MAX_VALUE} is none. */
    public void expect(String study, long deadlineMillis) {
        if (deadlineMillis != Long.MAX_VALUE && queued.add(study)) {
            looks.add(new Look(deadlineMillis, study));
        }
    }

    /** Takes out the studies to look at; each has to be {@link #expect}ed again. */
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
