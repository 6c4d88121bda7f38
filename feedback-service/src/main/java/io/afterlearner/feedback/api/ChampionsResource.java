package io.afterlearner.feedback.api;

import io.afterlearner.access.Roles;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.http.Callers;
import io.afterlearner.schemas.Arms;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What production serves in all online studies, in one request. */
@Path("/v1/champions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "online studies")
public class ChampionsResource {
    /**
     * What production serves in a study, without its values.
     *
     * @param revision increases with each change of the study's arms
     */
    public record ServedJson(String study, long revision, String state, long candidate, long sinceMillis) {
        static ServedJson of(Arms arms) {
            return new ServedJson(
                    arms.getStudy(),
                    arms.getRevision(),
                    arms.getState().name(),
                    arms.getChampion().getNumber(),
                    arms.getChampion().getSinceMillis());
        }
    }

    private final OnlineStudies studies;
    private final Callers callers;

    ChampionsResource(OnlineStudies studies, Callers callers) {
        this.studies = studies;
        this.callers = callers;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Lists the candidate that production serves now, for each online study that the caller may use",
            description = "A study that has not begun is not listed.")
    public List<ServedJson> list() {
        studies.require();
        return studies.all().stream()
                .filter(study -> callers.mayUse(study.name()))
                .flatMap(study -> studies.served(study.name()).stream())
                .map(served -> ServedJson.of(served.arms()))
                .toList();
    }
}
