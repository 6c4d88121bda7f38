package io.afterlearner.feedback.api;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How often each of many asks, counted anew every ten seconds. Forgets early rather than grow. Thread-safe. */
final class Flood {
    static final long SPAN_MILLIS = 10_000;
    private static final int MOST_COUNTED = 200_000;

    private record Span(long number, ConcurrentHashMap<String, AtomicInteger> counts) {}

    private final int most;
    private volatile Span span = new Span(0, new ConcurrentHashMap<>());

    /** @param most times that one may ask within ten seconds */
    Flood(int most) {
        this.most = most;
    }

    /** Whether it asked too often already; counts it otherwise. */
    boolean isOver(String who, long nowMillis) {
        Span now = span;
        long number = nowMillis / SPAN_MILLIS;
        if (now.number != number || now.counts.size() >= MOST_COUNTED) {
            now = new Span(number, new ConcurrentHashMap<>());
            span = now;
        }
        return now.counts.computeIfAbsent(who, w -> new AtomicInteger()).incrementAndGet() > most;
    }
}
