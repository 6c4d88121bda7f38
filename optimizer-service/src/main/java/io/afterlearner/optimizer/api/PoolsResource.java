package io.afterlearner.optimizer.api;

import io.afterlearner.access.Roles;
import io.afterlearner.optimizer.shell.StudyTables;
import io.afterlearner.optimizer.shell.pools.Pools;
import io.afterlearner.schemas.Topics;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How much work each evaluator pool has. */
@Path("/v1/pools")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "pools")
public class PoolsResource {
    private final StudyTables tables;
    private final Pools pools;

    PoolsResource(StudyTables tables, Pools pools) {
        this.tables = tables;
        this.pools = pools;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Path("{pool}")
    @Operation(
            summary = "Gets how many candidates an evaluator pool has to evaluate",
            description = "A pool that no study uses has none.")
    @APIResponse(responseCode = "200", description = "the pool's figures")
    @APIResponse(responseCode = "400", description = "no pool can have this name")
    public PoolJson get(@PathParam("pool") String pool) {
        tables.require();
        // Refuses what is no name of a pool.
        var unused = Topics.candidates(pool);
        return PoolJson.of(pool, pools.figures(pool), System.currentTimeMillis());
    }
}
