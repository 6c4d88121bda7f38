package io.afterlearner.kafka.streams;

import io.afterlearner.kafka.rights.RightsWatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/**
 * Decides what happens when a thread of Kafka Streams fails. A failure of Kafka, such as a transaction that a restarted
 * broker ended, replaces the thread: the loop goes on where it was. A record that fails replaces it too, because {@link
 * GuardedProcessor} sets the record aside after a few attempts. A missing right replaces it as often as needed, and {@link
 * MainConsumer} waits for the right. Any other failure, and a sixth of Kafka's within ten minutes,
 * shuts the application down and ends the process, which its supervisor starts again.
 */
public final class StreamsFailures implements StreamsUncaughtExceptionHandler {
    public static final int MAX_REPLACED = 5;
    public static final Duration WINDOW = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger(StreamsFailures.class.getName());

    private final LongSupplier nanos;
    private final RightsWatch rights;
    private final Runnable exit;
    private final Deque<Long> latest = new ArrayDeque<>();

    /**
     * @param nanos a clock, such as {@link System#nanoTime}
     * @param rights hears of failures for want of a right
     * @param exit ends the process without waiting for the caller
     */
    public StreamsFailures(LongSupplier nanos, RightsWatch rights, Runnable exit) {
        this.nanos = nanos;
        this.rights = rights;
        this.exit = exit;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        if (isRecords(failure)) {
            LOG.log(System.Logger.Level.WARNING, "a record made the stream thread fail; another continues", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (rights.failed(failure)) {
            LOG.log(System.Logger.Level.DEBUG, "a right is missing; another stream thread waits for it", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (isKafkas(failure) && isRare()) {
            LOG.log(System.Logger.Level.WARNING, "Kafka made the stream thread fail; another continues", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.log(System.Logger.Level.ERROR, "the stream thread failed; the service stops", failure);
        exit.run();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isRecords(Throwable failure) {
        if (RecordFaults.isRefused(RecordFaults.root(failure)) && CurrentRecord.wasCharged()) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordFailedException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKafkas(Throwable failure) {
        return RecordFaults.root(failure) instanceof ApiException;
    }

    private boolean isRare() {
        long now = nanos.getAsLong();
        latest.addLast(now);
        while (now - latest.element() > WINDOW.toNanos()) {
            latest.remove();
        }
        return latest.size() <= MAX_REPLACED;
    }
}
