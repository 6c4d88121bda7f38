package io.afterlearner.feedback.api;

import io.afterlearner.http.Problem;
import io.afterlearner.schemas.Arms;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * A problem that says what to serve meanwhile.
 *
 * @param champion what production uses
 */
record Paused(String type, String title, int status, String detail, Champion champion) {

    /** What to serve. */
    record Champion(long candidate, List<Double> values) {}

    static WebApplicationException exception(Arms arms) {
        String detail =
                "the study is paused, and nobody is exposed: serve the champion, which is in this answer and at /v1/studies/"
                        + arms.getStudy() + "/champion, or resume the study";
        Champion champion =
                new Champion(arms.getChampion().getNumber(), arms.getChampion().getValues());
        Paused body = new Paused("about:blank", "Conflict", 409, detail, champion);
        return new WebApplicationException(
                detail,
                Response.status(409).type(Problem.MEDIA_TYPE).entity(body).build());
    }
}
