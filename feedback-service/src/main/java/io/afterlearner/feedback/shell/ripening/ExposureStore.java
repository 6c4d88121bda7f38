package io.afterlearner.feedback.shell.ripening;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.shell.StateJson;
import io.afterlearner.feedback.shell.UnitTombstone;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The tracked exposures of one task by assignment id, and when each is due to ripen or to be deleted. A unit that was forgotten
 * has a mark: a ripe exposure without reports whose key is what the ids of the unit's assignments begin with. It is kept as long
 * as an open token of the unit may come back.
 */
final class ExposureStore {
    static final String ASSIGNED = "assigned";
    /** Keys are a time followed by an assignment id. */
    static final String DUE = "due";

    private final StateJson<TrackedExposure> json = new StateJson<>(
            new TypeReference<>() {},
            Map.of("incarnation", 0L, "earlyAtMillis", TrackedExposure.NOT_EARLY, "past", (long)
                    TrackedExposure.NO_PAST));
    private final KeyValueStore<String, byte[]> assigned;
    private final KeyValueStore<Bytes, byte[]> due;

    ExposureStore(ProcessorContext<?, ?> context) {
        assigned = context.getStateStore(ASSIGNED);
        due = context.getStateStore(DUE);
    }

    Optional<TrackedExposure> find(String id) {
        return Optional.ofNullable(assigned.get(id)).map(json::decode);
    }

    /** Stores an exposure and schedules when it is counted next, or deleted if it was. */
    void schedule(String id, TrackedExposure exposure) {
        put(id, exposure);
        due.put(key(exposure.dueAtMillis(), id), new byte[0]);
    }

    void put(String id, TrackedExposure exposure) {
        assigned.put(id, json.encode(exposure));
    }

    void delete(String id) {
        assigned.delete(id);
    }

    /** Deletes the exposures of a unit that were assigned by then, and marks it. */
    void forget(UnitTombstone unit, long atMillis) {
        List<String> ids = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> of = assigned.prefixScan(unit.assignments(), new StringSerializer())) {
            while (of.hasNext()) {
                KeyValue<String, byte[]> next = of.next();
                if (json.decode(next.value).assignedAtMillis() <= atMillis) {
                    ids.add(next.key);
                }
            }
        }
        ids.forEach(this::delete);
        if (!isForgotten(unit.assignments(), atMillis)) {
            schedule(
                    unit.assignments(),
                    TrackedExposure.open("", 0, Arm.CONTROL, 0, atMillis, atMillis, "", unit.untilMillis())
                            .ripened(atMillis));
        }
    }

    /** Whether the unit of an assignment was forgotten after it. */
    boolean isForgotten(String id, long assignedAtMillis) {
        String unit = unit(id);
        return unit != null
                && find(unit)
                        .filter(mark -> assignedAtMillis <= mark.assignedAtMillis())
                        .isPresent();
    }

    /** What the id of an assignment has in common with those of the same unit; null if it is not of a unit. */
    static @Nullable String unit(String id) {
        int end = id.indexOf('-') + 1;
        return end > 0 ? id.substring(0, end) : null;
    }

    /** Schedules a time for a key that is no assignment's. */
    void remind(long atMillis, String key) {
        due.put(key(atMillis, key), new byte[0]);
    }

    /** Removes the ids that are due from the schedule, at most so many, and returns them. */
    List<String> takeDue(long nowMillis, int most) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = due.range(key(0, ""), key(nowMillis, ""))) {
            while (range.hasNext() && keys.size() < most) {
                keys.add(range.next().key);
            }
        }
        keys.forEach(due::delete);
        return keys.stream().map(ExposureStore::id).toList();
    }

    private static Bytes key(long atMillis, String id) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(atMillis)
                .put(name)
                .array());
    }

    private static String id(Bytes key) {
        return new String(key.get(), Long.BYTES, key.get().length - Long.BYTES, StandardCharsets.UTF_8);
    }
}
