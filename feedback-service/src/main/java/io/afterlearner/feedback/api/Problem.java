package io.afterlearner.feedback.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Why a request was not carried out (RFC 9457).
 *
 * @param detail one line: what is wrong, where, and how to fix it
 */
record Problem(String type, String title, int status, String detail) {
    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    static Response response(int status, String detail) {
        String title = Response.Status.fromStatusCode(status).getReasonPhrase();
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, detail))
                .build();
    }

    static WebApplicationException exception(int status, String detail) {
        return new WebApplicationException(detail, response(status, detail));
    }
}
