package io.afterlearner.http;

import io.afterlearner.access.Caller;
import io.afterlearner.access.Roles;
import io.afterlearner.access.StudyPatterns;
import io.afterlearner.kafka.SafeText;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Turns the roles of an OIDC token, which Quarkus read from the claim in {@code quarkus.oidc.roles.role-claim-path}, into roles
 * of AfterLearner. {@code afterlearner.http.oidc.roles.ROLE} lists the values of the claim that give a role; the default is
 * {@code afterlearner-ROLE}, so that an admin of something else is no admin here.
 */
@ApplicationScoped
class OidcRoles implements SecurityIdentityAugmentor {
    static final String STUDIES_CLAIM = "afterlearner.http.oidc.studies-claim";

    private static final int MAX_NAME_CHARACTERS = 100;

    /** Values of the claim by role. */
    private final Map<String, List<String>> granting;

    private final @Nullable String studiesClaim;

    OidcRoles(Config all, @ConfigProperty(name = STUDIES_CLAIM) Optional<String> studiesClaim) {
        this.granting = Roles.ALL.stream().collect(Collectors.toMap(role -> role, role -> granting(all, role)));
        this.studiesClaim = studiesClaim.orElse(null);
    }

    private static List<String> granting(Config all, String role) {
        return all.getOptionalValues("afterlearner.http.oidc.roles." + role, String.class)
                .orElse(List.of("afterlearner-" + role));
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return identity.isAnonymous() || Caller.isIn(identity)
                ? Uni.createFrom().item(identity)
                : Uni.createFrom().item(() -> ours(identity));
    }

    private SecurityIdentity ours(SecurityIdentity identity) {
        List<String> roles = Roles.ALL.stream()
                .filter(role -> granting.getOrDefault(role, List.of()).stream().anyMatch(identity::hasRole))
                .toList();
        String name = SafeText.line(identity.getPrincipal().getName(), MAX_NAME_CHARACTERS);
        return new Caller(Caller.OIDC_PREFIX + name, studies(identity))
                .identity(roles)
                .addCredentials(identity.getCredentials())
                .build();
    }

    /** All studies if no claim is configured, otherwise those of the claim. */
    private StudyPatterns studies(SecurityIdentity identity) {
        if (studiesClaim == null) {
            return StudyPatterns.ALL;
        }
        Object claim = identity.getPrincipal() instanceof JsonWebToken token ? token.getClaim(studiesClaim) : null;
        try {
            return StudyPatterns.of(texts(claim));
        } catch (IllegalArgumentException e) {
            throw new AuthenticationFailedException("claim " + studiesClaim + ": " + e.getMessage(), e);
        }
    }

    /** The texts of a claim with one or several; those of JSON strings come with their quotation marks. */
    static List<String> texts(@Nullable Object claim) {
        if (claim == null) {
            return List.of();
        }
        Collection<?> several = claim instanceof Collection<?> collection ? collection : List.of(claim);
        return several.stream()
                .map(one -> one.toString().replaceAll("^\"|\"$", ""))
                .toList();
    }
}
