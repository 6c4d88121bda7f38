package io.afterlearner.optimizer.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** Takes it out. */
    Waiting remove(long number) {
        Waiting waiting = byNumber.remove(number);
        if (waiting == null) {
            throw new IllegalStateException("candidate " + number + " is not outstanding");
        }
        return waiting;
    }

    int size() {
        return byNumber.size();
    }

    /** The earliest deadline in epoch milliseconds; {@link Long#MAX_VALUE} if nothing is outstanding. */
    long deadlineMillis() {
        @Nullable
        Waiting first = byNumber.isEmpty() ? null : byNumber.values().iterator().next();
        return first == null ? Long.MAX_VALUE : first.deadlineMillis();
    }

    /** Numbers whose deadline is at or before a time; visits one more than it returns. */
    List<Long> due(long atMillis) {
        List<Long> numbers = new ArrayList<>();
        for (Waiting waiting : byNumber.values()) {
            if (waiting.deadlineMillis() > atMillis) {
                break;
            }
            numbers.add(waiting.number());
        }
        return numbers;
    }

    List<Long> numbers() {
        return List.copyOf(byNumber.keySet());
    }
}
