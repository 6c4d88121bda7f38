package io.afterlearner.http;

import io.afterlearner.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** A resource of the library's tests with a method for each role, and one without. Each answers who asked. */
@Path("/v1/guarded")
public class GuardedResource {
    private final Callers callers;

    GuardedResource(Callers callers) {
        this.callers = callers;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public String read() {
        return callers.by(null, "somebody");
    }

    @POST
    @RolesAllowed(Roles.APPLICATION)
    public String report() {
        return callers.by(null, "somebody");
    }

    @POST
    @Path("{study}")
    @RolesAllowed(Roles.OPERATOR)
    public String steer(@PathParam("study") String study) {
        return callers.by("bob", "somebody") + " " + study;
    }

    @DELETE
    @Path("{study}")
    @RolesAllowed(Roles.ADMIN)
    public String delete(@PathParam("study") String study) {
        return callers.by(null, "somebody") + " " + study;
    }

    @PUT
    @Path("forgotten")
    public String forgotten() {
        return "reached";
    }
}
