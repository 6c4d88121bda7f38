package io.afterlearner.evaluator.shell;

import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Claim;
import io.afterlearner.schemas.ClaimState;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Tells the optimizer which candidates this evaluator works on, so that they do not expire as candidates that nobody takes. It tells
 * this of long evaluations only: a short one costs no record. A claim that cannot be sent changes nothing else. Thread-safe.
 */
final class Claims implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Claims.class);
    private static final Duration MAX_SILENCE = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final long CLOSE_SECONDS = 2;

    private final Codec<Claim> codec = Codec.of(Claim.class);
    private final Sender sender;
    private final String evaluator;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sending;

    Claims(Sender sender, String evaluator) {
        this.sender = sender;
        this.evaluator = evaluator;
        // An evaluation that ends after the evaluator stopped finds nobody to tell.
        this.sending = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, evaluator + "-claims");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        long everyMillis = LOOK_EVERY.toMillis();
        var unused = sending.scheduleWithFixedDelay(this::announce, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * How long an evaluation may take without being announced.
     *
     * @param left time until the candidate expires if nobody takes it
     */
    static Duration silence(Duration timeout, Duration left) {
        Duration quarter = timeout.dividedBy(4);
        Duration usual = quarter.compareTo(MAX_SILENCE) < 0 ? quarter : MAX_SILENCE;
        return left.compareTo(usual.multipliedBy(4)) < 0 ? Duration.ZERO : usual;
    }

    /** A candidate is taken; call {@link Held#begin} when its evaluation begins, and {@link Held#end} when it ends. */
    Held take(Candidate candidate, int delivery) {
        Claim taken = new Claim(
                candidate.getStudy(),
                candidate.getNumber(),
                candidate.getIncarnation(),
                ClaimState.TAKEN,
                evaluator,
                delivery,
                System.currentTimeMillis());
        return new Held(taken);
    }

    /** Sends the claims that are due. */
    void announce() {
        long now = System.nanoTime();
        held.stream().filter(one -> one.isDue(now)).forEach(Held::announce);
    }

    private void send(Claim claim) {
        try {
            var unused = sender.send(Topics.FITNESS, claim.getStudy(), codec.encode(claim))
                    .exceptionally(failure -> {
                        LOG.debugf("claim of candidate %d not sent: %s", claim.getNumber(), failure.getMessage());
                        return null;
                    });
        } catch (RuntimeException e) {
            // Otherwise no claim would be sent any more.
            LOG.warnf(e, "the claim of candidate %d cannot be sent", claim.getNumber());
        }
    }

    /** Sends what is due. */
    @Override
    public void close() {
        sending.shutdown();
        try {
            if (!sending.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                sending.shutdownNow();
            }
        } catch (InterruptedException e) {
            sending.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A candidate that this evaluator works on. */
    final class Held {
        private enum State {
            SILENT,
            ANNOUNCED,
            ENDED
        }

        /** Changed before other threads see this. */
        private Claim taken;

        private final AtomicReference<State> state = new AtomicReference<>(State.SILENT);
        private volatile long dueNanos;

        private Held(Claim taken) {
            this.taken = taken;
        }

        /** @param silence how long the evaluation may take without being announced */
        void begin(Duration silence) {
            taken = Claim.newBuilder(taken)
                    .setAtMillis(System.currentTimeMillis())
                    .build();
            dueNanos = System.nanoTime() + silence.toNanos();
            held.add(this);
        }

        private boolean isDue(long nowNanos) {
            return nowNanos - dueNanos >= 0;
        }

        private void announce() {
            if (state.compareAndSet(State.SILENT, State.ANNOUNCED)) {
                send(taken);
            }
        }

        /** @param answered whether the optimizer gets a fitness; else another evaluator gets the candidate */
        void end(boolean answered) {
            held.remove(this);
            if (state.getAndSet(State.ENDED) == State.ANNOUNCED && !answered) {
                Claim released =
                        Claim.newBuilder(taken).setState(ClaimState.RELEASED).build();
                sending.execute(() -> send(released));
            }
        }
    }
}
