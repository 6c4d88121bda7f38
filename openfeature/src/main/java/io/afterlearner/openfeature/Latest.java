package io.afterlearner.openfeature;

import io.afterlearner.client.Assignment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest assignments of units, limited in number. Thread-safe. */
final class Latest {
    private static final float LOAD = 0.75f;

    private record Key(StudyFlag flag, String unit) {}

    private final Map<Key, Assignment> assignments;

    Latest(int most) {
        assignments = new LinkedHashMap<>(16, LOAD, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Assignment> eldest) {
                return size() > most;
            }
        };
    }

    /** An assignment without an id was not recorded, so nothing can be reported on it. */
    synchronized void put(StudyFlag flag, String unit, Assignment got) {
        if (!got.id().isEmpty()) {
            assignments.put(new Key(flag, unit), got);
        }
    }

    synchronized Optional<Assignment> of(StudyFlag flag, String unit) {
        return Optional.ofNullable(assignments.get(new Key(flag, unit)));
    }
}
