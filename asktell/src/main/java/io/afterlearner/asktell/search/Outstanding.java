package io.afterlearner.asktell.search;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an algorithm remembers of the numbers it was asked and not told yet, so that it asks for nothing twice: the latest
 * {@link #MOST}, in the order they were asked. Who never tells costs no memory.
 */
public final class Outstanding<T> {

    static final int MOST = 64;

    private final Map<Long, T> asked = new LinkedHashMap<>();

    /** Whether the one asked first is forgotten for it. */
    public boolean add(long number, T what) {
        asked.put(number, what);
        if (asked.size() <= MOST) {
            return false;
        }
        asked.remove(asked.keySet().iterator().next());
        return true;
    }

    /** Null where it was forgotten or never asked. */
    public @Nullable T remove(long number) {
        return asked.remove(number);
    }

    public Collection<T> all() {
        return asked.values();
    }

    public int size() {
        return asked.size();
    }
}
