package io.afterlearner.optimizer.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The candidates that are asked and not yet told, failed or expired, in the order of asking, so the earliest deadline is first. */
final class Outstanding {

    /** @param recommended whether it was asked because the optimizer recommended it */
    record Waiting(long number, double[] values, long deadlineMillis, boolean recommended) {}

    private final Map<Long, Waiting> byNumber = new LinkedHashMap<>();

    void add(Waiting waiting) {
        byNumber.put(waiting.number(), waiting);
    }

    boolean has(long number) {
        return byNumber.containsKey(number);
    }

    Waiting remove(long number) {
        Waiting waiting = byNumber.remove(number);
        if (waiting == null) {
            throw new IllegalStateException("candidate " + number + " is not outstanding");
        }
        return waiting;
    }

    /** The deadline of an outstanding candidate, in epoch milliseconds. */
    long deadlineMillis(long number) {
        return Objects.requireNonNull(byNumber.get(number)).deadlineMillis();
    }

    int size() {
        return byNumber.size();
    }

    /** The earliest deadline in epoch milliseconds; {@link Long#MAX_VALUE} if nothing is outstanding. */
    long deadlineMillis() {
        Iterator<Waiting> first = byNumber.values().iterator();
        return first.hasNext() ? first.next().deadlineMillis() : Long.MAX_VALUE;
    }

    /** Numbers whose deadline is at or before a time. */
    List<Long> due(long atMillis) {
        return byNumber.values().stream()
                .takeWhile(waiting -> waiting.deadlineMillis() <= atMillis)
                .map(Waiting::number)
                .toList();
    }

    List<Long> numbers() {
        return List.copyOf(byNumber.keySet());
    }
}
