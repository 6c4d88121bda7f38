package io.afterlearner.kafka.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class StreamsFailuresTest {
    private final AtomicLong nanos = new AtomicLong();
    private final StreamsFailures failures = new StreamsFailures(nanos::get);

    private static StreamsException kafkas() {
        return new StreamsException("commit", new InvalidTxnStateException("the broker ended it"));
    }

    @Test
    void whatKafkaDidIsGotOverButNotAgainAndAgain() {
        for (int i = 0; i < StreamsFailures.MAX_REPLACED; i++) {
            assertEquals(StreamThreadExceptionResponse.REPLACE_THREAD, failures.handle(kafkas()));
        }
        assertEquals(StreamThreadExceptionResponse.SHUTDOWN_CLIENT, failures.handle(kafkas()));

        nanos.addAndGet(StreamsFailures.WITHIN.toNanos() + 1);
        assertEquals(StreamThreadExceptionResponse.REPLACE_THREAD, failures.handle(kafkas()));
    }

    @Test
    void whatIsOursEndsTheProcess() {
        StreamsException ours = new StreamsException("process", new IllegalStateException("s is not judged here"));
        assertEquals(StreamThreadExceptionResponse.SHUTDOWN_CLIENT, failures.handle(ours));
    }
}
