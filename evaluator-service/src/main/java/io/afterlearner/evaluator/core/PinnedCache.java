package io.afterlearner.evaluator.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * A cache of costly values. A value is opened once, even if several threads ask for it; it is shared while pinned. Unpinned
 * values are closed when the cache is over its limit, the least recently used first. Pinned values may exceed the limit; a
 * value larger than the limit is closed as soon as it is unpinned. Thread-safe.
 */
public final class PinnedCache<K, V> {
    private final long maxWeight;
    private final ToLongFunction<V> weigher;
    private final Consumer<V> closer;
    /** In the order of last use. */
    private final Map<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long weight;

    private final class Entry {
        final CompletableFuture<V> value = new CompletableFuture<>();
        int pins;
        long weight;
        boolean forgotten;
    }

    /** Keeps a value open until the pin is closed. Close it once. */
    public final class Pin implements AutoCloseable {
        private final Entry entry;

        private Pin(Entry entry) {
            this.entry = entry;
        }

        public V value() {
            return entry.value.join();
        }

        @Override
        public void close() {
            unpin(entry);
        }
    }

    /**
     * @param maxWeight limit of all values together, in the weigher's unit
     * @param weigher of a value that was opened
     * @param closer runs outside the lock
     */
    public PinnedCache(long maxWeight, ToLongFunction<V> weigher, Consumer<V> closer) {
        this.maxWeight = maxWeight;
        this.weigher = weigher;
        this.closer = closer;
    }

    /**
     * Opens the value, or waits for the thread that is opening it.
     *
     * @param opener runs outside the lock, on the first thread that asks
     * @throws RuntimeException what the opener threw, for every waiting thread; the next call tries again
     */
    public Pin pin(K key, Supplier<V> opener) {
        Entry entry;
        boolean first;
        synchronized (this) {
            Entry known = entries.get(key);
            first = known == null;
            entry = known == null ? new Entry() : known;
            entry.pins++;
            entries.put(key, entry);
        }
        if (first) {
            open(key, entry, opener);
        }
        return awaited(entry);
    }

    private Pin awaited(Entry entry) {
        try {
            entry.value.join();
            return new Pin(entry);
        } catch (CompletionException e) {
            unpin(entry);
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void open(K key, Entry entry, Supplier<V> opener) {
        try {
            V value = opener.get();
            synchronized (this) {
                entry.weight = weigher.applyAsLong(value);
                weight += entry.weight;
            }
            entry.value.complete(value);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                entries.remove(key, entry);
                entry.forgotten = true;
            }
            entry.value.completeExceptionally(e);
        }
        evict();
    }

    private void unpin(Entry entry) {
        synchronized (this) {
            entry.pins--;
        }
        evict();
    }

    /** These keys are not needed any more: their values are closed as soon as they are unpinned. */
    public void forget(Predicate<K> unneeded) {
        synchronized (this) {
            entries.forEach((key, entry) -> entry.forgotten |= unneeded.test(key));
        }
        evict();
    }

    /** Forgets all keys. */
    public void clear() {
        forget(key -> true);
    }

    /** Weight of all open values. */
    public synchronized long weight() {
        return weight;
    }

    /** Number of keys open or being opened. */
    public synchronized int size() {
        return entries.size();
    }

    private void evict() {
        // Outside the lock: closing may take long.
        removed().forEach(closer);
    }

    private synchronized Iterable<V> removed() {
        List<V> removed = new ArrayList<>();
        for (boolean forgottenOnly : new boolean[] {true, false}) {
            Iterator<Entry> oldest = entries.values().iterator();
            while (oldest.hasNext()) {
                Entry entry = oldest.next();
                boolean goes = forgottenOnly ? entry.forgotten : weight > maxWeight;
                if (goes && entry.pins == 0 && entry.value.isDone()) {
                    oldest.remove();
                    weight -= entry.weight;
                    removed.add(entry.value.join());
                }
            }
        }
        return removed;
    }
}
