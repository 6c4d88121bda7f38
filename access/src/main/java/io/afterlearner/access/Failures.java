package io.afterlearner.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Answers refusals of authentication and of {@link PathRules} with problems. Quarkus' own answers have no body. */
@ApplicationScoped
class Failures {
    /** The first route's failure handler runs before Quarkus' own. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(Failures::failed);
    }

    private static void failed(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ForbiddenException) {
            Refused.forbidden(List.of(Roles.VIEWER)).send(context.response());
        } else if (failure instanceof AuthenticationFailedException || failure instanceof UnauthorizedException) {
            Refused.UNAUTHENTICATED.send(context.response());
        } else {
            context.next();
        }
    }
}
