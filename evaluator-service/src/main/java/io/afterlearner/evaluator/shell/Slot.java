package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.Answer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one candidate at a time. One thread talks to the broker and another evaluates, so that a lease can be renewed
 * for as long as the evaluation takes. The {@link Intake} decides how the record is acknowledged.
 */
final class Slot {
    private static final Logger LOG = Logger.getLogger(Slot.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** How candidates are taken from the broker and their leases renewed; used by one thread. */
    interface Intake extends AutoCloseable {
        /** Takes at most one candidate and evaluates it with {@code slot}. */
        void step(Slot slot) throws InterruptedException;

        @Override
        void close();
    }

    /** Handles a record, from bytes to answer. */
    interface Handler {
        Answer handle(ConsumerRecord<byte[], byte[]> delivery, Abort abort) throws InterruptedException;
    }

    /** Renews a lease; false if it is lost. */
    interface Lease {
        boolean renew() throws InterruptedException;
    }

    private final String name;
    private final Supplier<Intake> opener;
    private final Handler handler;
    private final Counters counters;
    private final Predicate<Throwable> denied;
    private final ExecutorService evaluating;
    private final Thread talking;
    private volatile boolean stopping;
    private volatile @Nullable Abort current;

    /**
     * @param opener opens an intake; called again after the broker refused
     * @param denied whether a failure comes from a missing right; it is logged elsewhere then
     */
    Slot(String name, Supplier<Intake> opener, Handler handler, Counters counters, Predicate<Throwable> denied) {
        this.name = name;
        this.opener = opener;
        this.handler = handler;
        this.counters = counters;
        this.denied = denied;
        this.evaluating = Executors.newSingleThreadExecutor(task -> new Thread(task, name + "-evaluating"));
        this.talking = new Thread(this::run, name);
    }

    void start() {
        talking.start();
    }

    boolean isAlive() {
        return talking.isAlive();
    }

    boolean isStopping() {
        return stopping;
    }

    private void run() {
        try {
            while (!stopping) {
                try (Intake intake = opener.get()) {
                    while (!stopping) {
                        intake.step(this);
                    }
                } catch (KafkaException e) {
                    LOG.logf(
                            denied.test(e) ? Logger.Level.DEBUG : Logger.Level.WARN,
                            "%s cannot take candidates, trying again: %s",
                            name,
                            e.getMessage());
                    Thread.sleep(RETRY.toMillis());
                } catch (RuntimeException e) {
                    // Otherwise a dead slot would go unnoticed among live ones.
                    LOG.errorf(e, "%s failed unexpectedly, trying again", name);
                    Thread.sleep(RETRY.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debugf("%s was interrupted to stop", name);
        }
    }

    /**
     * Evaluates one candidate and returns when that is done; renews the lease meanwhile.
     *
     * @param renewEvery interval between renewals
     * @return null if the lease was lost
     */
    @Nullable
    Answer evaluate(ConsumerRecord<byte[], byte[]> delivery, Duration renewEvery, Lease lease)
            throws InterruptedException {
        Abort abort = new Abort();
        current = abort;
        if (stopping) {
            abort.now(Abort.Cause.SHUTDOWN);
        }
        counters.busySlots.increment();
        long start = System.nanoTime();
        try {
            Answer answer = awaited(evaluating.submit(() -> handler.handle(delivery, abort)), abort, renewEvery, lease);
            if (answer == Answer.RELEASE) {
                counters.released.increment();
            }
            return answer;
        } finally {
            current = null;
            counters.busySlots.decrement();
            counters.busyMicros.add((System.nanoTime() - start) / 1000);
        }
    }

    private @Nullable Answer awaited(Future<Answer> evaluation, Abort abort, Duration renewEvery, Lease lease)
            throws InterruptedException {
        boolean held = true;
        while (true) {
            try {
                Answer answer = evaluation.get(renewEvery.toMillis(), TimeUnit.MILLISECONDS);
                return held ? answer : null;
            } catch (TimeoutException e) {
                if (held && !lease.renew()) {
                    held = false;
                    counters.leasesLost.increment();
                    abort.now(Abort.Cause.LEASE_LOST);
                }
            } catch (ExecutionException e) {
                LOG.errorf(e.getCause(), "%s failed unexpectedly", name);
                return held ? Answer.RELEASE : null;
            }
        }
    }

    void stop() {
        stopping = true;
        Abort abort = current;
        if (abort != null) {
            abort.now(Abort.Cause.SHUTDOWN);
        }
    }

    /** Stops, releases the candidate held, and waits up to 10 s for that. */
    void close() throws InterruptedException {
        stop();
        if (talking.isAlive()) {
            talking.join(10_000);
        }
        evaluating.shutdown();
    }
}
