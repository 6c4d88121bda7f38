package io.afterlearner.asktell.search;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers an algorithm was asked and not yet told, so that it asks nothing twice: the latest {@link #MAX_NUMBERS}, in the order
 * they were asked. Numbers that are never told use no memory beyond that.
 */
public final class Outstanding<T> {

    static final int MAX_NUMBERS = 64;

    private final Map<Long, T> asked = new LinkedHashMap<>();

    /** Returns whether the oldest entry was dropped for this one. */
    public boolean add(long number, T what) {
        asked.put(number, what);
        if (asked.size() <= MAX_NUMBERS) {
            return false;
        }
        asked.remove(asked.keySet().iterator().next());
        return true;
    }

    /** Returns null if the number was dropped or never asked. */
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
