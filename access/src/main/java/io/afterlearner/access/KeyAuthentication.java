package io.afterlearner.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Authenticates {@code Authorization: Bearer KEY}. Any other bearer token is left to OIDC. On a service without authentication,
 * everybody is {@link Caller#ANYONE}, with all roles.
 */
@ApplicationScoped
class KeyAuthentication implements HttpAuthenticationMechanism {
    private static final String SCHEME = "bearer ";
    private static final SecurityIdentity ANYONE =
            Caller.ANYONE.identity(List.of(Roles.ADMIN)).build();

    private final Access access;

    KeyAuthentication(Access access) {
        this.access = access;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        if (access.isOpen()) {
            return Uni.createFrom().item(ANYONE);
        }
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        String token = header.substring(SCHEME.length()).strip();
        if (!AccessKey.isKey(token)) {
            return Uni.createFrom().nullItem();
        }
        AccessKey key = access.find(token);
        return key == null
                ? Uni.createFrom().failure(new AuthenticationFailedException("unknown key"))
                : Uni.createFrom().item(identity(key));
    }

    private static SecurityIdentity identity(AccessKey key) {
        return new Caller(Caller.KEY_PREFIX + key.id(), key.studies())
                .identity(key.roles())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(Refused.UNAUTHENTICATED.status(), "WWW-Authenticate", Refused.CHALLENGE));
    }

    /** With a body: Quarkus' own challenge has none. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Refused.UNAUTHENTICATED.send(context.response());
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    /** Before OIDC. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1_000;
    }
}
