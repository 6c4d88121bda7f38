package io.afterlearner.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param name {@code key:ID} or {@code oidc:NAME}; empty if the service does not authenticate
 * @param studies the studies that it may use
 */
public record Caller(String name, StudyPatterns studies) {
    public static final String KEY_PREFIX = "key:";
    public static final String OIDC_PREFIX = "oidc:";

    private static final String ATTRIBUTE = "afterlearner.caller";
    /** Limit of the text that is recorded. */
    private static final int MAX_CHARACTERS = 200;

    /** Whoever reaches a service that does not authenticate. */
    static final Caller ANYONE = new Caller("", StudyPatterns.ALL);

    /** Whoever sent no key or token. */
    private static final Caller NOBODY = new Caller("", StudyPatterns.NONE);

    public static Caller of(SecurityIdentity identity) {
        Caller caller = identity.getAttribute(ATTRIBUTE);
        return caller == null ? NOBODY : caller;
    }

    /** The caller of a request that authentication has passed. */
    public static Caller of(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user ? of(user.getSecurityIdentity()) : NOBODY;
    }

    /** Whether the identity is of {@link #identity}. */
    public static boolean isIn(SecurityIdentity identity) {
        return identity.getAttribute(ATTRIBUTE) != null;
    }

    /** The identity of the caller, with the roles and those that they include. */
    public QuarkusSecurityIdentity.Builder identity(Collection<String> roles) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name.isEmpty() ? "anyone" : name))
                .addRoles(Roles.withIncluded(roles))
                .addAttribute(ATTRIBUTE, this);
    }

    public boolean isAuthenticated() {
        return !name.isEmpty();
    }

    /**
     * Who is recorded for a change: the authenticated name, followed by the person that the request names. Without
     * authentication, what the request says.
     *
     * @param claimed who sent it, as the request says; null if it does not say
     * @param otherwise recorded if nothing else is known
     * @throws IllegalArgumentException if the claim looks like an authenticated name
     */
    public String by(@Nullable String claimed, String otherwise) {
        if (claimed != null && (claimed.startsWith(KEY_PREFIX) || claimed.startsWith(OIDC_PREFIX))) {
            throw new IllegalArgumentException("by begins with " + KEY_PREFIX + " or " + OIDC_PREFIX
                    + ", which only authenticated names do; give another name, or omit it");
        }
        if (!isAuthenticated()) {
            return claimed == null ? otherwise : claimed;
        }
        String by = claimed == null ? name : name + " for " + claimed;
        return by.substring(0, Math.min(by.length(), MAX_CHARACTERS));
    }
}
