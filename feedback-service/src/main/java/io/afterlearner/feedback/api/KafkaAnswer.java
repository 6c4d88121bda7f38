package io.afterlearner.feedback.api;

import io.afterlearner.http.Problem;
import io.afterlearner.http.Problems;
import io.afterlearner.kafka.RejectedException;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The answer to a request that writes to Kafka. */
final class KafkaAnswer {
    private KafkaAnswer() {}

    /** 202 with the body when the broker has the records; 413 if one is larger than its topic allows; 503 if the broker is away. */
    static CompletionStage<Response> of(CompletionStage<Void> written, Object body, String retryHint) {
        return written.handle((done, failure) ->
                failure == null ? Response.accepted(body).build() : problem(cause(failure), retryHint));
    }

    private static Response problem(Throwable failure, String retryHint) {
        return failure instanceof RejectedException rejected
                ? Problems.rejection(rejected)
                : Problem.response(503, failure.getMessage() + retryHint);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
