package io.afterlearner.evaluator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PinnedCacheTest {
    /** Something that must not be used once closed, nor closed twice. */
    private static final class Thing {
        final String key;
        final AtomicBoolean closed = new AtomicBoolean();

        Thing(String key) {
            this.key = key;
        }
    }

    private final List<String> opened = Collections.synchronizedList(new ArrayList<>());
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());
    private final PinnedCache<String, Thing> cache = new PinnedCache<>(2, thing -> 1, this::close);

    private void close(Thing thing) {
        assertTrue(thing.closed.compareAndSet(false, true), thing.key + " closed twice");
        closed.add(thing.key);
    }

    private PinnedCache<String, Thing>.Pin pin(String key) {
        return cache.pin(key, () -> {
            opened.add(key);
            return new Thing(key);
        });
    }

    @Test
    void beyondTheLimitTheLeastRecentlyUsedValueIsClosed() {
        pin("a").close();
        pin("b").close();
        pin("a").close();
        pin("c").close();
        assertEquals(List.of("b"), closed);
        assertEquals(2, cache.weight());
    }

    @Test
    void aPinnedValueStaysOpenBeyondTheLimit() {
        var a = pin("a");
        var b = pin("b");
        var c = pin("c");
        assertEquals(List.of(), closed);
        assertEquals(3, cache.weight());
        b.close();
        assertEquals(List.of("b"), closed);
        a.close();
        c.close();
        assertEquals(List.of("b"), closed);
    }

    @Test
    void aForgottenValueIsClosedOnceUnpinned() {
        var a = pin("a");
        cache.forget("a"::equals);
        cache.forget("never heard of"::equals);
        assertEquals(List.of(), closed);
        a.close();
        assertEquals(List.of("a"), closed);
        assertEquals(0, cache.weight());
        pin("a").close();
        assertEquals(List.of("a", "a"), opened);
    }

    @Test
    void aFailedOpenIsTriedAgainByTheNextCall() {
        assertThrows(
                IllegalStateException.class,
                () -> cache.pin("a", () -> {
                    throw new IllegalStateException("not today");
                }));
        assertEquals(0, cache.size());
        pin("a").close();
        assertEquals(1, cache.size());
    }

    @Test
    void concurrentPinsShareOneValueThatStaysOpen() throws Exception {
        long seed = 11;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger held = new AtomicInteger();
        try {
            SplittableRandom seeds = new SplittableRandom(seed);
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int task = 0; task < 8; task++) {
                SplittableRandom random = seeds.split();
                tasks.add(() -> {
                    for (int step = 0; step < 2000; step++) {
                        String key = Integer.toString(random.nextInt(5));
                        try (var pin = pin(key)) {
                            assertEquals(key, pin.value().key);
                            assertTrue(!pin.value().closed.get(), "seed " + seed + ": closed while held");
                            held.incrementAndGet();
                        }
                        if (random.nextInt(20) == 0) {
                            cache.forget(key::equals);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(16_000, held.get());
        cache.clear();
        assertEquals(opened.size(), closed.size());
        assertEquals(0, cache.weight());
    }
}
