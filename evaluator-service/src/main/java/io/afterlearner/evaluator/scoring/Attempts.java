package io.afterlearner.evaluator.scoring;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.schemas.Failed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

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

    /**
     * @param what is scored, for the log
     * @param abort is aborted at the limit
     * @param failed makes the result of a failure
     * @throws UnableException if this evaluator cannot evaluate now
     */
    <T> T run(String what, long limitMillis, Abort abort, Supplier<T> scoring, Function<Failed, T> failed) {
        long start = System.nanoTime();
        ScheduledFuture<?> alarm =
                clock.schedule(() -> abort.now(Abort.Cause.TIMEOUT), limitMillis, TimeUnit.MILLISECONDS);
        try {
            return scoring.get();
        } catch (UnableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!Failures.isExpected(e)) {
                LOG.warn(what, e);
            }
            boolean late = abort.cause() == Abort.Cause.TIMEOUT;
            return failed.apply(late ? Failures.timeout((System.nanoTime() - start) / 1_000_000) : Failures.of(e));
        } catch (OutOfMemoryError e) {
            freeMemory.run();
            return failed.apply(Failures.outOfMemory());
        } finally {
            alarm.cancel(false);
        }
    }
}
