package io.afterlearner.feedback.shell.judging;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The deleted incarnations of the studies of one name. They are compared by their ids alone, because clocks may be turned
 * back.
 *
 * @param order of the latest deletion among all names
 * @param incarnations the latest, at most {@link #MAX_INCARNATIONS}
 */
record Deletions(long order, List<Long> incarnations) {
    static final int MAX_INCARNATIONS = 16;
    static final Deletions NONE = new Deletions(0, List.of());

    Deletions {
        incarnations = List.copyOf(incarnations);
    }

    Deletions plus(long incarnation, long later) {
        List<Long> all = new ArrayList<>(incarnations);
        all.add(incarnation);
        return new Deletions(later, all.subList(Math.max(0, all.size() - MAX_INCARNATIONS), all.size()));
    }

    boolean has(long incarnation) {
        return incarnations.contains(incarnation);
    }

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (1 + incarnations.size()));
        bytes.putLong(order);
        incarnations.forEach(bytes::putLong);
        return bytes.array();
    }

    static Deletions decode(byte[] bytes) {
        LongBuffer longs = ByteBuffer.wrap(bytes).asLongBuffer();
        long order = longs.get();
        List<Long> all = new ArrayList<>();
        while (longs.hasRemaining()) {
            all.add(longs.get());
        }
        return new Deletions(order, all);
    }
}
