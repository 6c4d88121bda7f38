package io.afterlearner.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses requests by {@link Paths}, before their body is read. Quarkus applies it to every request. */
@ApplicationScoped
class PathRules implements HttpSecurityPolicy {
    static final String OPEN = "open";
    static final String METRICS = "afterlearner.http.metrics";

    private final boolean openMetrics;

    PathRules(@ConfigProperty(name = METRICS, defaultValue = Roles.VIEWER) String metrics) {
        openMetrics = metrics.equals(OPEN);
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        return switch (Paths.of(request.normalizedPath(), openMetrics)) {
            case NOTHING -> Uni.createFrom().item(CheckResult.PERMIT);
            case IDENTITY -> identity.map(who -> new CheckResult(!who.isAnonymous()));
            case VIEWER -> identity.map(who -> new CheckResult(who.hasRole(Roles.VIEWER)));
        };
    }
}
