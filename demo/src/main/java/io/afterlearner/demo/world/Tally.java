package io.afterlearner.demo.world;

import java.util.Map;
import java.util.TreeMap;

/** What the simulator knows of visits: how many an arm had, and what they were truly worth. Thread-safe. */
final class Tally {
    /** @param worth expected clicks, given what was shown */
    record Sum(long visits, double worth) {
        Sum plus(double more) {
            return new Sum(visits + 1, worth + more);
        }
    }

    private final Map<String, Sum> sums = new TreeMap<>();

    synchronized void add(String arm, double worth) {
        sums.merge(arm, new Sum(1, worth), (old, one) -> old.plus(worth));
    }

    synchronized Map<String, Sum> now() {
        return new TreeMap<>(sums);
    }
}
