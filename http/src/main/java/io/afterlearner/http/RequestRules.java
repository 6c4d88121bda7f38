package io.afterlearner.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request before its body is read:
 *
 * <ul>
 *   <li>403 if a page of another origin sends it and it may change something. Pages of the service itself are allowed where
 *       they are requested by address or as localhost, and origins in {@code afterlearner.http.origins}.
 *   <li>413 if its body is longer than {@code afterlearner.http.max-body-bytes} (default 8 MiB).
 *   <li>415 if it has a body and no content type.
 * </ul>
 */
public class RequestRules {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    /** This machine, or an address. */
    private static final Pattern OWN_HOST = Pattern.compile(
            "(?:.+\\.)?localhost|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]", Pattern.CASE_INSENSITIVE);

    private final List<String> origins;
    private final long maxBodyBytes;

    RequestRules(
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins,
            @ConfigProperty(name = "afterlearner.http.max-body-bytes", defaultValue = "8388608") long maxBodyBytes) {
        this.origins = origins.orElse(List.of());
        this.maxBodyBytes = maxBodyBytes;
    }

    @ServerRequestFilter(preMatching = true)
    public @Nullable Response check(ContainerRequestContext request) {
        if (SAFE_METHODS.contains(request.getMethod())) {
            return null;
        }
        String origin = request.getHeaderString("Origin");
        if (origin != null && !isAllowed(origin, request.getUriInfo().getRequestUri())) {
            return Problem.response(
                    403,
                    "pages of " + Problem.shown(origin) + " may not use this service; allow it in " + Origins.SETTING);
        }
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && bytes(length) > maxBodyBytes) {
            return Problem.response(
                    413, "the body has " + Problem.shown(length) + " bytes; send at most " + maxBodyBytes + " at once");
        }
        boolean hasBody = length == null ? request.getHeaderString("Transfer-Encoding") != null : bytes(length) > 0;
        return hasBody && request.getHeaderString(HttpHeaders.CONTENT_TYPE) == null
                ? Problem.response(415, "the Content-Type header is missing; send application/json")
                : null;
    }

    private boolean isAllowed(String origin, URI self) {
        return isSame(origin, self) || origins.stream().anyMatch(allowed -> matches(allowed, origin));
    }

    /**
     * Whether the page is this service's own. The scheme may differ: a proxy may end TLS. A name counts only if it cannot be
     * another's: a page of evil.example sends both Origin and Host with that name, once its owner lets the name mean
     * 127.0.0.1 (DNS rebinding).
     */
    static boolean isSame(String origin, URI self) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null
                    && authority.equalsIgnoreCase(self.getAuthority())
                    && self.getHost() != null
                    && OWN_HOST.matcher(self.getHost()).matches();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** As Quarkus reads them: "*" for all, a regular expression between slashes, else the origin itself. */
    private static boolean matches(String allowed, String origin) {
        return allowed.equals("*")
                || allowed.equals(origin)
                || (allowed.length() > 2
                        && allowed.startsWith("/")
                        && allowed.endsWith("/")
                        && origin.matches(allowed.substring(1, allowed.length() - 1)));
    }

    private static long bytes(String length) {
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
