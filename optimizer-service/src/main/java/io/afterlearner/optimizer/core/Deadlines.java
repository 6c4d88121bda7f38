package io.afterlearner.optimizer.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A queue of the times at which to check studies for expired candidates. A study is in the queue at most once, no later than
 * its first deadline. A check that finds nothing due queues the study again, so a deadline that grows needs no change here.
 */
public final class Deadlines {

    private record Look(long atMillis, String study) {}

    private final TreeSet<Look> looks =
            new TreeSet<>(Comparator.comparingLong(Look::atMillis).thenComparing(Look::study));
    private final Map<String, Look> queued = new HashMap<>();

    /** Ensures that the study is checked by its deadline; {@link Long#MAX_VALUE} means no deadline. */
    public void expect(String study, long deadlineMillis) {
        if (deadlineMillis == Long.MAX_VALUE) {
            return;
        }
        Look known = queued.get(study);
        if (known != null && known.atMillis() <= deadlineMillis) {
            return;
        }
        if (known != null) {
            looks.remove(known);
        }
        Look look = new Look(deadlineMillis, study);
        looks.add(look);
        queued.put(study, look);
    }

    /** Removes and returns the studies to check; call {@link #expect} for each of them again. */
    public List<String> due(long nowMillis) {
        List<String> studies = new ArrayList<>();
        while (!looks.isEmpty() && looks.first().atMillis() <= nowMillis) {
            Look look = looks.first();
            looks.remove(look);
            queued.remove(look.study());
            studies.add(look.study());
        }
        return studies;
    }
}
