package io.afterlearner.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.afterlearner.access.Refused;
import io.afterlearner.kafka.BrokerAwayException;
import io.afterlearner.kafka.MissingTopicException;
import io.afterlearner.kafka.RejectedException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns exceptions into problems. */
public class Problems {

    @ServerExceptionMapper
    public Response badArgument(IllegalArgumentException e) {
        return Problem.response(400, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    public Response missingTopic(MissingTopicException e) {
        return Problem.response(409, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    public Response brokerAway(BrokerAwayException e) {
        return Problem.response(503, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    public Response rejected(RejectedException e) {
        return rejection(e);
    }

    /** 413 if the record is too large for its topic, otherwise 503. */
    public static Response rejection(RejectedException e) {
        return Problem.response(e.isTooLarge() ? 413 : 503, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthenticated() {
        return Problem.response(Refused.UNAUTHENTICATED);
    }

    @ServerExceptionMapper(ForbiddenException.class)
    public Response forbidden(ResourceInfo resource) {
        return Problem.response(Refused.forbidden(NeededRoles.of(resource)));
    }

    @ServerExceptionMapper
    public Response badBody(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return Problem.response(400, message(json));
        }
        int status = e.getResponse().getStatus();
        return e.getResponse().hasEntity()
                ? e.getResponse()
                : Problem.response(
                        status, FrameworkAnswers.BY_STATUS.getOrDefault(status, String.valueOf(e.getMessage())));
    }

    /** The subclass is named, too: the framework's own mapper of it answers with an empty body. */
    @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
    public Response badJson(JsonProcessingException e) {
        return Problem.response(400, message(e));
    }

    private static String message(JsonProcessingException e) {
        return String.valueOf(JsonErrors.of(e).getMessage());
    }
}
