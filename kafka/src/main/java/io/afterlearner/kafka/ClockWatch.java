package io.afterlearner.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Detects that the wall clock was turned back. Kafka's clients measure their intervals by it: until it has caught up they send no
 * heartbeats, Kafka Streams commits nothing, and transactions time out. A restart of the process avoids this.
 *
 * <pre>{@code
 * ClockWatch.start(() -> Quarkus.asyncExit(1), meters::clockJumped);
 * }</pre>
 */
public final class ClockWatch {
    /** Kafka's clients tolerate a smaller step. */
    static final Duration MAX_BACK = Duration.ofSeconds(5);

    /** A smaller step is no jump. */
    static final Duration MIN_JUMP = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(ClockWatch.class.getName());
    /** A jump forward and back between two looks goes unseen. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final Duration EXIT_WITHIN = Duration.ofSeconds(15);

    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private long offsetMillis;

    ClockWatch(LongSupplier wallMillis, LongSupplier nanos) {
        this.wallMillis = wallMillis;
        this.nanos = nanos;
        this.offsetMillis = offset();
    }

    /**
     * Watches in the background until the clock is turned back; then runs the exit, and halts if that takes too long.
     *
     * @param jumped hears the milliseconds of each jump of a second or more; negative if back
     */
    public static void start(Runnable exit, LongConsumer jumped) {
        ClockWatch watch = new ClockWatch(ClockWatch::wallMillis, System::nanoTime);
        Thread thread = new Thread(() -> watch.run(exit, jumped), "clock-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** A method of its own, because tests replace its call to turn the clock. */
    private static long wallMillis() {
        return System.currentTimeMillis();
    }

    private void run(Runnable exit, LongConsumer jumped) {
        try {
            long back = 0;
            while (back <= MAX_BACK.toMillis()) {
                Thread.sleep(LOOK_EVERY.toMillis());
                back = look(jumped);
            }
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the wall clock was turned back by {0} s, and Kafka''s clients would wait until it has caught up:"
                            + " this process ends, so that it is started again",
                    back / 1_000);
            exit.run();
            // A client may still wait for the clock.
            Thread.sleep(EXIT_WITHIN.toMillis());
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Like {@link #back}, and reports a jump. */
    long look(LongConsumer jumped) {
        long back = back();
        if (Math.abs(back) >= MIN_JUMP.toMillis()) {
            jumped.accept(-back);
        }
        return back;
    }

    /** Milliseconds by which the wall clock was turned back since the last look; negative if forward. */
    long back() {
        long before = offsetMillis;
        offsetMillis = offset();
        return before - offsetMillis;
    }

    private long offset() {
        return wallMillis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }
}
