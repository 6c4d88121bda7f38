package io.afterlearner.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Why a request failed, as {@code application/problem+json} (RFC 9457). Throw one:
 *
 * <pre>{@code
 * throw Problem.exception(409, "the study is RUNNING: STOP it first");
 * }</pre>
 *
 * <p>{@link Problems} turns other exceptions into problems: {@link IllegalArgumentException} and unreadable JSON into 400,
 * {@link io.afterlearner.kafka.BrokerAwayException} into 503.
 *
 * @param detail one line: where, what is wrong, how to fix it
 */
public record Problem(String type, String title, int status, String detail) {
    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    /** The response with a problem for its body. */
    public static Response response(int status, String detail) {
        String title = Response.Status.fromStatusCode(status).getReasonPhrase();
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, detail))
                .build();
    }

    /** An exception that becomes {@link #response}. */
    public static WebApplicationException exception(int status, String detail) {
        return new WebApplicationException(detail, response(status, detail));
    }
}
