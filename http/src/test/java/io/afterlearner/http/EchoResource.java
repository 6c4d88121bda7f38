package io.afterlearner.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.access.Roles;
import io.afterlearner.kafka.BrokerAwayException;
import io.afterlearner.kafka.RejectedException;
import io.afterlearner.schemas.Action;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A service of the library's tests. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
public class EchoResource {

    /** One field of each kind. */
    public record Body(
            @Nullable Long budget,
            @Nullable List<Double> values,
            @Nullable String name,
            @Nullable Action action) {}

    @POST
    @Path("echo")
    public String echo(@Nullable Body body) {
        return String.valueOf(body);
    }

    @POST
    @Path("tree")
    public String tree(JsonNode body) {
        return body.toString();
    }

    /** On the event loop. */
    @POST
    @Path("later")
    public CompletionStage<String> later(JsonNode body) {
        return CompletableFuture.completedStage(
                body.asText().length() + " " + Thread.currentThread().getName());
    }

    @POST
    @Path("rejected")
    public String rejected() {
        throw new RejectedException("a", "too large", true, null);
    }

    @POST
    @Path("away")
    public String away() {
        throw new BrokerAwayException(Duration.ofSeconds(5), null);
    }
}
