package io.afterlearner.kafka.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.rights.RightsWatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamsFailuresTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger exits = new AtomicInteger();
    private final RightsWatch rights = new RightsWatch(KafkaSettings.of(Map.of()), List::of);
    private final StreamsFailures failures = new StreamsFailures(nanos::get, rights, exits::incrementAndGet);

    @BeforeAll
    static void failuresAreMeant() {
        ShortLog.begin();
    }

    private static StreamsException kafkas() {
        return new StreamsException("commit", new InvalidTxnStateException("the broker ended it"));
    }

    @Test
    void aFailureOfKafkaReplacesTheThreadAtMostFiveTimesInTenMinutes() {
        for (int i = 0; i < StreamsFailures.MAX_REPLACED; i++) {
            assertEquals(StreamThreadExceptionResponse.REPLACE_THREAD, failures.handle(kafkas()));
        }
        assertEquals(0, exits.get());
        assertEquals(StreamThreadExceptionResponse.SHUTDOWN_CLIENT, failures.handle(kafkas()));
        assertEquals(1, exits.get());

        nanos.addAndGet(StreamsFailures.WINDOW.toNanos() + 1);
        assertEquals(StreamThreadExceptionResponse.REPLACE_THREAD, failures.handle(kafkas()));
    }

    @Test
    void aMissingRightReplacesTheThreadAsOftenAsNeeded() {
        for (int i = 0; i < 10 * StreamsFailures.MAX_REPLACED; i++) {
            assertEquals(
                    StreamThreadExceptionResponse.REPLACE_THREAD,
                    failures.handle(new StreamsException("send", new TopicAuthorizationException("trials"))));
        }
        assertEquals(0, exits.get());
        assertTrue(rights.isBlocked(Set.of("studies")), "the next thread must wait for the right");
        assertEquals(StreamThreadExceptionResponse.REPLACE_THREAD, failures.handle(kafkas()), "it was counted");
    }

    @Test
    void anyOtherFailureEndsTheProcess() {
        StreamsException ours = new StreamsException("process", new IllegalStateException("s is not judged here"));
        assertEquals(StreamThreadExceptionResponse.SHUTDOWN_CLIENT, failures.handle(ours));
        assertEquals(1, exits.get());
    }
}
