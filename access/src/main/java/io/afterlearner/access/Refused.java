package io.afterlearner.access;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Why a request is refused before a resource sees it.
 *
 * @param detail one line: what is wrong, how to fix it
 * @param retryAfterSeconds after how long to retry; 0 if a retry does not help
 */
public record Refused(int status, String detail, int retryAfterSeconds) {
    public static final String MEDIA_TYPE = "application/problem+json";
    public static final String CHALLENGE = "Bearer";

    /** There is no valid key or token. */
    public static final Refused UNAUTHENTICATED = of(
            401,
            "the key or token is missing, unknown, expired or for another audience; send a valid one in the header"
                    + " Authorization: Bearer …");

    /**
     * There is one, and it does not suffice.
     *
     * @param roles one of which is needed; empty if nobody may
     */
    public static Refused forbidden(List<String> roles) {
        return of(
                403,
                roles.isEmpty()
                        ? "nobody may send this request; docs/security.md lists the requests and their roles"
                        : "this request needs the role " + String.join(" or ", roles)
                                + ", which your key or token does not have; use one with this role");
    }

    public static Refused of(int status, String detail) {
        return new Refused(status, detail, 0);
    }

    /** Answers with a problem (RFC 9457), unless the answer has begun. */
    public void send(HttpServerResponse response) {
        if (response.headWritten() || response.ended() || response.closed()) {
            return;
        }
        if (retryAfterSeconds > 0) {
            response.putHeader("Retry-After", String.valueOf(retryAfterSeconds));
        }
        if (status == UNAUTHENTICATED.status) {
            response.putHeader("WWW-Authenticate", CHALLENGE);
        }
        response.setStatusCode(status).putHeader("Content-Type", MEDIA_TYPE).end(json());
    }

    private String json() {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail)
                .encode();
    }
}
