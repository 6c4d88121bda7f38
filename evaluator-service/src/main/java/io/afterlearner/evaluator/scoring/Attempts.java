package io.afterlearner.evaluator.scoring;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.schemas.Failed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs scorings, each with a time limit. A problem becomes a Failed; only an {@link UnableException} is thrown. Thread-safe.
 */
final class Attempts {
    private static final Logger LOG = Logger.getLogger(Attempts.class);

    private final ScheduledExecutorService clock;
    private final Runnable freeMemory;

    /** @param freeMemory closes what can be opened again; called when memory runs out */
    Attempts(ScheduledExecutorService clock, Runnable freeMemory) {
        this.clock = clock;
        this.freeMemory = freeMemory;
    }

    /** What is scored, and when its time begins to run. */
    interface Work<T> {
        /** @param open is told when what is needed is open, if that does not count */
        T score(Runnable open);
    }

    /**
     * @param what is scored, for the log
     * @param abort is aborted when this much time has passed since the work said that all is open
     * @param failed makes the result of a failure
     * @throws UnableException if this evaluator cannot evaluate now
     */
    <T> T run(String what, long limitMillis, Abort abort, Work<T> work, Function<Failed, T> failed) {
        Alarm alarm = new Alarm(limitMillis, abort);
        try {
            return work.score(alarm::set);
        } catch (UnableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!Failures.isExpected(e)) {
                LOG.warn(what, e);
            }
            boolean late = abort.cause() == Abort.Cause.TIMEOUT;
            return failed.apply(late ? Failures.timeout(alarm.passedMillis()) : Failures.of(e));
        } catch (OutOfMemoryError e) {
            freeMemory.run();
            return failed.apply(Failures.outOfMemory());
        } finally {
            alarm.cancel();
        }
    }

    /** Ends a scoring at its limit. Used by one thread. */
    private final class Alarm {
        private final long limitMillis;
        private final Abort abort;
        private long fromNanos = System.nanoTime();
        private @Nullable ScheduledFuture<?> alarm;

        Alarm(long limitMillis, Abort abort) {
            this.limitMillis = limitMillis;
            this.abort = abort;
        }

        void set() {
            fromNanos = System.nanoTime();
            alarm = clock.schedule(() -> abort.now(Abort.Cause.TIMEOUT), limitMillis, TimeUnit.MILLISECONDS);
        }

        long passedMillis() {
            return (System.nanoTime() - fromNanos) / 1_000_000;
        }

        void cancel() {
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }
}
