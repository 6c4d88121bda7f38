package io.afterlearner.feedback.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.kafka.BrokerAwayException;
import io.afterlearner.kafka.RejectedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class KafkaAnswerTest {

    @Test
    void aRecordTooLargeForItsTopicIsTheClientsMistake() {
        assertEquals(413, status(new RejectedException("afterlearner.feedback", "too large", true, null)));
    }

    @Test
    void anyOtherFailureOfKafkaMayPass() {
        assertEquals(503, status(new RejectedException("afterlearner.feedback", "corrupt", false, null)));
        assertEquals(503, status(new BrokerAwayException(Duration.ofSeconds(1), new IllegalStateException("away"))));
    }

    private static int status(Exception failure) {
        return KafkaAnswer.of(CompletableFuture.failedFuture(new CompletionException(failure)), "body", "; hint")
                .toCompletableFuture()
                .join()
                .getStatus();
    }
}
