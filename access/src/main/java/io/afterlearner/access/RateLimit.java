package io.afterlearner.access;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;

/**
 * Limits how often each key is used per span of time, in a fixed amount of memory. Each key counts in two of many counters,
 * and its lower count decides: a key is limited too early only if both its counters are used by others as well. Thread-safe.
 *
 * <pre>{@code
 * int wait = limit.use("user-17");                     // 0, or seconds until the next span
 * }</pre>
 */
public final class RateLimit {
    private static final int COUNTERS = 1 << 17;

    private record Span(long number, long seed, AtomicIntegerArray first, AtomicIntegerArray second) {
        static Span begin(long number) {
            return new Span(
                    number,
                    ThreadLocalRandom.current().nextLong(),
                    new AtomicIntegerArray(COUNTERS),
                    new AtomicIntegerArray(COUNTERS));
        }

        /** The seed is random and changes, so that nobody can choose keys that share counters. */
        int count(String key) {
            long hash = seed;
            for (int i = 0; i < key.length(); i++) {
                hash = (hash ^ key.charAt(i)) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            int one = first.incrementAndGet((int) hash & (COUNTERS - 1));
            int other = second.incrementAndGet((int) (hash >>> 40) & (COUNTERS - 1));
            return Math.min(one, other);
        }
    }

    private final int max;
    private final long spanNanos;
    private final LongSupplier nanos;
    private final long beganNanos;
    private volatile Span span = Span.begin(0);

    /** @param max maximum number of uses of one key per span */
    public RateLimit(int max, Duration span) {
        this(max, span, System::nanoTime);
    }

    RateLimit(int max, Duration span, LongSupplier nanos) {
        this.max = max;
        this.spanNanos = span.toNanos();
        this.nanos = nanos;
        this.beganNanos = nanos.getAsLong();
    }

    /** Counts a use of the key, and returns 0; if there were too many, the seconds until the next span. */
    public int use(String key) {
        long elapsed = nanos.getAsLong() - beganNanos;
        long number = elapsed / spanNanos;
        Span now = span;
        if (now.number != number) {
            now = Span.begin(number);
            span = now;
        }
        long leftNanos = spanNanos - elapsed % spanNanos;
        return now.count(key) <= max ? 0 : (int) (1 + leftNanos / 1_000_000_000);
    }
}
