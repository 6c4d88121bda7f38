package io.afterlearner.evaluator.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Costly things by key: opened once however many ask at the same time, shared while pinned, closed when they no longer
 * fit and nobody holds them, the least recently used first. Pinned things may exceed the limit together; a thing alone
 * over it is closed as soon as it is let go. Thread-safe.
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

    /** One holder's claim; the value stays open until it is closed. Close once. */
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
     * @param maxWeight of all values together, in the weigher's unit
     * @param weigher of a value that was opened
     * @param closer runs outside the lock
     */
    public PinnedCache(long maxWeight, ToLongFunction<V> weigher, Consumer<V> closer) {
        this.maxWeight = maxWeight;
        this.weigher = weigher;
        this.closer = closer;
    }

    /**
     * Opens the value or waits for whoever does.
     *
     * @param opener runs outside the lock, on the thread that asked first
     * @throws RuntimeException what the opener threw, to everyone who waited; the next to ask tries again
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

    /** Nobody will want this key again: closed as soon as nobody holds it. */
    public void forget(K key) {
        synchronized (this) {
            Entry entry = entries.get(key);
            if (entry != null) {
                entry.forgotten = true;
            }
        }
        evict();
    }

    /** Forgets everything. */
    public void clear() {
        synchronized (this) {
            entries.values().forEach(entry -> entry.forgotten = true);
        }
        evict();
    }

    /** Weight of what is open. */
    public synchronized long weight() {
        return weight;
    }

    /** Number of keys open or being opened. */
    public synchronized int size() {
        return entries.size();
    }

    private void evict() {
        // Closing may take long; nobody waits for it inside the lock.
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
