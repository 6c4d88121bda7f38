package io.afterlearner.feedback.shell;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * What to do when a thread of Kafka Streams fails. What a broker that was killed left behind, such as a transaction that it
 * ended itself, another thread gets over, while HTTP goes on. What is ours, or comes again and again, ends the process, and
 * whoever supervises it starts it again.
 */
final class Failures implements StreamsUncaughtExceptionHandler {
    static final int MOST = 5;
    static final Duration WITHIN = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private final LongSupplier nanos;
    private final Deque<Long> latest = new ArrayDeque<>();

    /** @param nanos a clock's, of no meaning but their differences */
    Failures(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        if (isKafkas(failure) && isRare()) {
            LOG.warn("Kafka failed the loop; it begins again where it was", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("the loop failed; the service stops, to be started again", failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isKafkas(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof ApiException;
    }

    private boolean isRare() {
        long now = nanos.getAsLong();
        latest.addLast(now);
        while (now - latest.element() > WITHIN.toNanos()) {
            latest.remove();
        }
        return latest.size() <= MOST;
    }
}
