package io.afterlearner.optimizer.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The candidates that are asked and not yet told, failed or expired. Each waits for an evaluator or is held by one. Those that wait
 * are in the order of their deadlines, and so are those that are held, because deadlines of both are set a fixed time ahead.
 */
final class Outstanding {

    /**
     * A candidate.
     *
     * @param recommended whether it was asked because the optimizer recommended it
     * @param claims the evaluators' claims so far
     */
    record Waiting(
            long number, double[] values, long askedMillis, long deadlineMillis, boolean recommended, Claims claims) {

        private Waiting claimed(Claims next, long newDeadlineMillis) {
            return new Waiting(number, values, askedMillis, newDeadlineMillis, recommended, next);
        }
    }

    /** All of them, in the order of asking. */
    private final Map<Long, Waiting> byNumber = new LinkedHashMap<>();

    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
    private final Map<Long, Waiting> held = new LinkedHashMap<>();

    void add(Waiting asked) {
        byNumber.put(asked.number(), asked);
        waiting.put(asked.number(), asked);
    }

    boolean has(long number) {
        return byNumber.containsKey(number);
    }

    /** An outstanding candidate; null if it is not outstanding. */
    @Nullable
    Waiting get(long number) {
        return byNumber.get(number);
    }

    Waiting remove(long number) {
        Waiting removed = byNumber.remove(number);
        if (removed == null) {
            throw new IllegalStateException("candidate " + number + " is not outstanding");
        }
        waiting.remove(number);
        held.remove(number);
        return removed;
    }

    /** An evaluator took the candidate, or gave it back. */
    void claim(long number, Claims next, long deadlineMillis) {
        Waiting after = Objects.requireNonNull(byNumber.get(number)).claimed(next, deadlineMillis);
        byNumber.put(number, after);
        waiting.remove(number);
        held.remove(number);
        (next.isHeld() ? held : waiting).put(number, after);
    }

    int size() {
        return byNumber.size();
    }

    /** Number of candidates that an evaluator said it works on. */
    int held() {
        return held.size();
    }

    /** The earliest deadline in epoch milliseconds; {@link Long#MAX_VALUE} if nothing is outstanding. */
    long deadlineMillis() {
        return Math.min(first(waiting), first(held));
    }

    private static long first(Map<Long, Waiting> inOrder) {
        Iterator<Waiting> first = inOrder.values().iterator();
        return first.hasNext() ? first.next().deadlineMillis() : Long.MAX_VALUE;
    }

    /** When the first of them was asked, in epoch milliseconds; {@link Long#MAX_VALUE} if nothing is outstanding. */
    long oldestAskedMillis() {
        Iterator<Waiting> first = byNumber.values().iterator();
        return first.hasNext() ? first.next().askedMillis() : Long.MAX_VALUE;
    }

    /** Those whose deadline is at or before a time, in the order of their numbers. */
    List<Waiting> due(long atMillis) {
        return Stream.of(waiting, held)
                .flatMap(inOrder -> inOrder.values().stream().takeWhile(one -> one.deadlineMillis() <= atMillis))
                .sorted((a, b) -> Long.compare(a.number(), b.number()))
                .toList();
    }

    List<Long> numbers() {
        return List.copyOf(byNumber.keySet());
    }
}
