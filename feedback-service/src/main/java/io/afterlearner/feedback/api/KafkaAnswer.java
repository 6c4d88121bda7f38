package io.afterlearner.feedback.api;

import io.afterlearner.http.Problem;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The answer to a request that writes to Kafka. */
final class KafkaAnswer {
    private KafkaAnswer() {}

    /** 202 with the body when the broker has the records; 503 if it is away or rejects one. */
    static CompletionStage<Response> of(CompletionStage<Void> written, Object body, String retryHint) {
        return written.handle((done, failure) -> failure == null
                ? Response.accepted(body).build()
                : Problem.response(503, cause(failure).getMessage() + retryHint));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
