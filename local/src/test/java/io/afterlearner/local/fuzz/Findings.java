package io.afterlearner.local.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What went wrong, and how often each kind of input was sent. Thread-safe. */
final class Findings {
    /** The first say what is wrong; thousands more would not. */
    private static final int MAX_KEPT = 50;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();

    synchronized void count(String kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    synchronized void add(String finding) {
        count("findings");
        if (findings.size() < MAX_KEPT) {
            findings.add(finding);
        }
    }

    synchronized List<String> all() {
        return List.copyOf(findings);
    }

    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }
}
