package io.afterlearner.feedback.api;

import io.afterlearner.http.Problem;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits how often each key is used per ten seconds. At {@link #MAX_KEYS} it starts anew. Thread-safe. */
final class RateLimit {
    private static final long SPAN_SECONDS = 10;
    private static final int MAX_KEYS = 200_000;

    private record Span(long number, ConcurrentHashMap<String, AtomicInteger> counts) {}

    private final int max;
    private final String what;
    private volatile Span span = new Span(0, new ConcurrentHashMap<>());

    /** @param what what is limited to {@code max}, for the error */
    RateLimit(int max, String what) {
        this.max = max;
        this.what = what;
    }

    /** Counts a use of the key; throws a 429 problem if there were too many. */
    void count(String key, long nowMillis) {
        Span now = span;
        long number = nowMillis / (1_000 * SPAN_SECONDS);
        if (now.number != number || now.counts.size() >= MAX_KEYS) {
            now = new Span(number, new ConcurrentHashMap<>());
            span = now;
        }
        if (now.counts.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet() > max) {
            throw Problem.exception(429, "more than " + max + " " + what.formatted(SPAN_SECONDS));
        }
    }
}
