package io.afterlearner.kafka;

import io.afterlearner.schemas.UndecodableException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The latest value of each key of a topic, in memory, unless {@link #choosing} prefers another. A {@link Follower} fills it.
 * Before the follower has read the topic once, the table is empty. A tombstone removes its key. When the follower has to
 * read the topic again, the table serves what it had until the topic is read to its end. Thread-safe; reading never waits.
 *
 * @param <V> type of a decoded value
 */
public final class Table<V> {

    /** Turns the bytes of a record's value into a value, such as {@code codec::decode}. */
    public interface Decoder<V> {
        V decode(byte[] bytes) throws UndecodableException;
    }

    /** Called on each change, on the follower's thread: must return quickly. May get the same value more than once. */
    public interface Listener<V> {
        /** @param value null if the key was removed */
        void changed(String key, @Nullable V value);
    }

    private record Kept<V>(V value, int bytes, long order) {}

    /** Written by the follower's thread alone. */
    private static final class Content<V> {
        final Map<String, Kept<V>> byKey = new ConcurrentHashMap<>();
        final TreeMap<Long, String> byOrder = new TreeMap<>();
        long bytes;

        void put(String key, Kept<V> kept) {
            remove(key);
            byKey.put(key, kept);
            byOrder.put(kept.order(), key);
            bytes += kept.bytes();
        }

        void remove(String key) {
            Kept<V> before = byKey.remove(key);
            if (before != null) {
                byOrder.remove(before.order());
                bytes -= before.bytes();
            }
        }

        Set<String> keys() {
            return Set.copyOf(byKey.keySet());
        }
    }

    private static final System.Logger LOG = System.getLogger(Table.class.getName());

    private final String topic;
    private final Decoder<V> decoder;
    private final Bounds bounds;
    private volatile Content<V> served = new Content<>();
    private volatile @Nullable Listener<V> listener;
    private BinaryOperator<V> choice = (before, now) -> now;
    private Content<V> reading = served;
    private long order;
    private boolean warned;

    Table(String topic, Decoder<V> decoder, Bounds bounds) {
        this.topic = topic;
        this.decoder = decoder;
        this.bounds = bounds;
    }

    /** The latest value of a key; empty if there is none, or if the topic is not read yet. */
    public Optional<V> get(String key) {
        return Optional.ofNullable(served.byKey.get(key)).map(Kept::value);
    }

    /** All values, the one written longest ago first. */
    public List<V> values() {
        return served.byKey.values().stream()
                .sorted(Comparator.comparingLong(Kept::order))
                .map(Kept::value)
                .toList();
    }

    /** Number of keys. */
    public int size() {
        return served.byKey.size();
    }

    /** Sets the listener; call it before the follower starts. Once the topic is read, it is called for every key. */
    public Table<V> onChange(Listener<V> changes) {
        listener = changes;
        return this;
    }

    /** Sets which of two values with the same key counts; its first argument is the earlier one. Call it before the follower starts. */
    public Table<V> choosing(BinaryOperator<V> counting) {
        choice = counting;
        return this;
    }

    /** What follows is the topic from its beginning. */
    void begin() {
        reading = new Content<>();
    }

    /** The topic is read to its end: from now on records take effect at once. */
    void serve() {
        Content<V> before = served;
        Content<V> now = reading;
        served = now;
        now.byKey.forEach((key, kept) -> tell(key, kept.value()));
        before.keys().stream().filter(key -> !now.byKey.containsKey(key)).forEach(key -> tell(key, null));
    }

    void take(String key, byte @Nullable [] bytes) throws UndecodableException {
        if (bytes == null) {
            reading.remove(key);
            tellIfServed(key, null);
            return;
        }
        V value = decoder.decode(bytes);
        Kept<V> before = reading.byKey.get(key);
        if (before != null && choice.apply(before.value(), value) == before.value()) {
            return;
        }
        reading.put(key, new Kept<>(value, bytes.length, order++));
        tellIfServed(key, value);
        shrink();
    }

    private void shrink() {
        while (reading.byKey.size() > bounds.keys() || reading.bytes > bounds.bytes()) {
            String oldest = reading.byOrder.firstEntry().getValue();
            reading.remove(oldest);
            tellIfServed(oldest, null);
            if (!warned) {
                LOG.log(System.Logger.Level.WARNING, "{0} is over {1}: oldest keys are dropped", topic, bounds);
                warned = true;
            }
        }
    }

    private void tellIfServed(String key, @Nullable V value) {
        if (reading == served) {
            tell(key, value);
        }
    }

    private void tell(String key, @Nullable V value) {
        Listener<V> now = listener;
        if (now != null) {
            now.changed(key, value);
        }
    }
}
