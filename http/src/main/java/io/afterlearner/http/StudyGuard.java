package io.afterlearner.http;

import io.afterlearner.access.Roles;
import io.afterlearner.kafka.SafeText;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Refuses requests for studies that the caller's key or token is not for, and logs who changed what. */
public class StudyGuard {
    /** The parameter of paths that holds a study's id. */
    private static final String STUDY = "study";

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int MAX_PATH_CHARACTERS = 300;
    private static final Logger CHANGES = Logger.getLogger("afterlearner.changes");

    private final Callers callers;

    StudyGuard(Callers callers) {
        this.callers = callers;
    }

    @ServerRequestFilter
    public void check(UriInfo uri) {
        List<String> studies = uri.getPathParameters().get(STUDY);
        if (studies != null) {
            studies.forEach(callers::require);
        }
    }

    /** Not for requests of applications, which are too many, nor for those that reach no resource. */
    @ServerResponseFilter
    public void log(ContainerRequestContext request, ContainerResponseContext response, ResourceInfo resource) {
        if (!READING.contains(request.getMethod()) && isForPeople(resource)) {
            CHANGES.infof(
                    "%s %s %s: %s",
                    callers.name(),
                    request.getMethod(),
                    SafeText.line(request.getUriInfo().getPath(), MAX_PATH_CHARACTERS),
                    response.getStatus());
        }
    }

    private static boolean isForPeople(ResourceInfo resource) {
        return resource.getResourceMethod() != null && !NeededRoles.of(resource).contains(Roles.APPLICATION);
    }
}
