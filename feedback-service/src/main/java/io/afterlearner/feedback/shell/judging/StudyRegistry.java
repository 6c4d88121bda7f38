package io.afterlearner.feedback.shell.judging;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.StateJson;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.UndecodableException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The studies that one task judges, in memory and in its state stores. It remembers deleted studies, so that a record
 * about one that is still on its way does not start it again.
 */
final class StudyRegistry {
    static final String STATES = "states";
    static final String SPECS = "specs";
    /** Incarnations that were deleted, by name. */
    static final String DELETED = "deleted";

    /** Maximum number of names remembered; the one deleted longest ago is forgotten first. */
    static final int MAX_DELETED = 10_000;

    /**
     * The stored state of a study.
     *
     * @param salt mixed into the hash of each unit
     * @param orders ids of the latest commands, at most {@link #MAX_ORDERS}: a redelivered command acts once
     */
    record JudgedStudy(OnlineState state, String salt, List<String> orders) {
        static final StateJson<JudgedStudy> JSON = new StateJson<>(new TypeReference<>() {});
        private static final int MAX_ORDERS = 100;
        private static final int SALT_BYTES = 16;

        JudgedStudy {
            orders = List.copyOf(orders);
        }

        /** A study that begins, with a salt of its own. */
        static JudgedStudy begun(OnlineState state) {
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            return new JudgedStudy(state, HexFormat.of().formatHex(salt), List.of());
        }

        JudgedStudy with(OnlineState next) {
            return new JudgedStudy(next, salt, orders);
        }

        JudgedStudy ordered(String id) {
            List<String> all = Stream.concat(orders.stream(), Stream.of(id)).toList();
            return new JudgedStudy(state, salt, all.subList(Math.max(0, all.size() - MAX_ORDERS), all.size()));
        }
    }

    /** A study and its current state. */
    record Entry(OnlineStudy study, JudgedStudy judged) {
        String name() {
            return study.name();
        }

        long incarnation() {
            return study.incarnation();
        }

        /** When arms of another writer began to be served: not before the champion, and not in the future. */
        long overruledAt(long writtenMillis, long nowMillis) {
            long champion = judged.state().serving().champion().sinceMillis();
            return Math.min(nowMillis, Math.max(writtenMillis, champion));
        }

        /** Longest time that a candidate may be online. */
        long timeoutMillis() {
            return study.spec().getEvaluation().getTimeoutMillis();
        }
    }

    private final Codec<StudySpec> codec = Codec.of(StudySpec.class);
    private final Standings standings;
    private final KeyValueStore<String, byte[]> states;
    private final KeyValueStore<String, byte[]> specs;
    private final KeyValueStore<String, byte[]> deleted;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, Deletions> deletions = new TreeMap<>();
    private final NavigableMap<Long, String> deletedInOrder = new TreeMap<>();

    /** Restores the studies from the stores. */
    StudyRegistry(ProcessorContext<?, ?> context, Standings standings) {
        this.standings = standings;
        states = context.getStateStore(STATES);
        specs = context.getStateStore(SPECS);
        deleted = context.getStateStore(DELETED);
        try (KeyValueIterator<String, byte[]> all = states.all()) {
            all.forEachRemaining(stored -> restore(stored.key, JudgedStudy.JSON.decode(stored.value)));
        }
        try (KeyValueIterator<String, byte[]> all = deleted.all()) {
            all.forEachRemaining(stored -> remember(stored.key, Deletions.decode(stored.value)));
        }
    }

    private void restore(String name, JudgedStudy judged) {
        try {
            OnlineStudy.of(codec.decode(specs.get(name))).ifPresent(study -> put(new Entry(study, judged)));
        } catch (UndecodableException e) {
            throw new IllegalStateException("the stored spec of study " + name + " cannot be read", e);
        }
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    Entry get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException(name + " is not judged here"));
    }

    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** Adds a new study, even if one of that name was deleted. */
    void add(Entry entry) {
        String name = entry.name();
        put(entry);
        specs.put(name, codec.encode(entry.study().spec()));
        save(name);
        Deletions before = deletions.get(name);
        if (before != null && before.has(entry.incarnation())) {
            forgetDeleted(name);
        }
    }

    /** Changes the state of a study in memory; {@link #save} stores it. */
    void update(String name, JudgedStudy judged) {
        put(new Entry(get(name).study(), judged));
    }

    private void put(Entry entry) {
        entries.put(entry.name(), entry);
        standings.put(entry.name(), entry.judged().state());
    }

    void save(String name) {
        states.put(name, JudgedStudy.JSON.encode(get(name).judged()));
    }

    /** Removes a study, and remembers its incarnation. A study that is not judged here has nothing to remove. */
    void delete(String name) {
        Entry entry = entries.remove(name);
        if (entry == null) {
            return;
        }
        standings.remove(name);
        states.delete(name);
        specs.delete(name);
        long order = deletedInOrder.isEmpty() ? 0 : deletedInOrder.lastKey() + 1;
        Deletions now = deletions.getOrDefault(name, Deletions.NONE).plus(entry.incarnation(), order);
        remember(name, now);
        deleted.put(name, now.encode());
        if (deletions.size() > MAX_DELETED) {
            forgetDeleted(deletedInOrder.firstEntry().getValue());
        }
    }

    private void remember(String name, Deletions now) {
        Deletions before = deletions.put(name, now);
        if (before != null) {
            deletedInOrder.remove(before.order());
        }
        deletedInOrder.put(now.order(), name);
    }

    private void forgetDeleted(String name) {
        Deletions before = deletions.remove(name);
        if (before != null) {
            deletedInOrder.remove(before.order());
        }
        deleted.delete(name);
    }

    /** Whether this incarnation of the study was deleted. */
    boolean isDeleted(String name, long incarnation) {
        return deletions.getOrDefault(name, Deletions.NONE).has(incarnation);
    }

    /** Withdraws the studies from the standings, because another task may judge them from now on. */
    void close() {
        entries.keySet().forEach(standings::remove);
        entries.clear();
    }
}
