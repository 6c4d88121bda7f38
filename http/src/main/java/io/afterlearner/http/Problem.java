package io.afterlearner.http;

import io.afterlearner.access.Refused;
import io.afterlearner.kafka.SafeText;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
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
    /** Longer texts of a request are cut in messages. */
    static final int MAX_SHOWN_CHARACTERS = 100;

    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    /** The response with a problem for its body. */
    public static Response response(int status, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(of(status, detail))
                .build();
    }

    /** The response to a client that asks too often. */
    public static Response tooMany(int retryAfterSeconds, String detail) {
        return retry(retryAfterSeconds, response(429, detail));
    }

    /** A 503 that says when to send the request again. */
    public static WebApplicationException later(int retryAfterSeconds, String detail) {
        return new WebApplicationException(detail, retry(retryAfterSeconds, response(503, detail)));
    }

    private static Response retry(int afterSeconds, Response response) {
        return Response.fromResponse(response)
                .header(HttpHeaders.RETRY_AFTER, afterSeconds)
                .build();
    }

    /** The response to a request that lacks a valid key or token, or a right. */
    static Response response(Refused refused) {
        Response response = response(refused.status(), refused.detail());
        return refused.status() == Refused.UNAUTHENTICATED.status()
                ? Response.fromResponse(response)
                        .header(HttpHeaders.WWW_AUTHENTICATE, Refused.CHALLENGE)
                        .build()
                : response;
    }

    private static Problem of(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return new Problem("about:blank", known == null ? "Error" : known.getReasonPhrase(), status, detail);
    }

    /**
     * A text of a request as a message shows it: one line of at most {@link #MAX_SHOWN_CHARACTERS}, with control and format
     * characters as escapes.
     */
    public static String shown(String text) {
        return shown(text, MAX_SHOWN_CHARACTERS);
    }

    static String shown(String text, int mostCharacters) {
        return SafeText.line(text, mostCharacters);
    }

    /** An exception that becomes {@link #response}. */
    public static WebApplicationException exception(int status, String detail) {
        return new WebApplicationException(detail, response(status, detail));
    }
}
