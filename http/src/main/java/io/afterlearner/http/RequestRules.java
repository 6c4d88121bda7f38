package io.afterlearner.http;

import io.afterlearner.access.Refused;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request before its body is read:
 *
 * <ul>
 *   <li>400 if it names no host.
 *   <li>403 if it names another host than localhost or an address, and nothing but that address protects the service: a page of
 *       evil.example could read it, once its owner lets that name mean 127.0.0.1 (DNS rebinding).
 *   <li>403 if a page of another origin sends it and it may change something. Pages of the service itself are allowed where
 *       they are requested by address or as localhost, and origins in {@code afterlearner.http.origins}.
 *   <li>413 if its body is longer than {@code afterlearner.http.max-body-bytes} (default 8 MiB).
 *   <li>415 if it has a body and no content type.
 * </ul>
 */
final class RequestRules {
    private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** This machine, or an address. */
    private static final Pattern OWN_HOST = Pattern.compile(
            "(?:.+\\.)?localhost|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]", Pattern.CASE_INSENSITIVE);

    static final Refused NO_HOST =
            Refused.of(400, "the Host header is missing or malformed; send the service's name or address");

    private final List<String> origins;
    private final long maxBodyBytes;
    private final boolean byAddressOnly;

    /** @param byAddressOnly whether nothing but its loopback address protects the service */
    RequestRules(List<String> origins, long maxBodyBytes, boolean byAddressOnly) {
        this.origins = List.copyOf(origins);
        this.maxBodyBytes = maxBodyBytes;
        this.byAddressOnly = byAddressOnly;
    }

    /** Whether the method changes nothing and has no body. */
    static boolean isSafe(HttpServerRequest request) {
        return SAFE_METHODS.contains(request.method());
    }

    static Refused tooLarge(String bytes, long maxBytes) {
        return Refused.of(413, "the body has " + bytes + " bytes; send at most " + maxBytes + " in one request");
    }

    /** Why the request is refused; null if it is not. */
    @Nullable
    Refused check(HttpServerRequest request) {
        HostAndPort self = request.authority();
        if (self == null || self.host().isEmpty()) {
            return NO_HOST;
        }
        if (byAddressOnly && !isOwnHost(self)) {
            return Refused.of(
                    403,
                    "this service has no authentication, so it refuses requests for the host "
                            + Problem.shown(self.host())
                            + "; use localhost or its IP address, set afterlearner.http.keys-file, or name what"
                            + " authenticates requests in afterlearner.http.protected-by");
        }
        if (isSafe(request)) {
            return null;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isAllowed(origin, self)) {
            return Refused.of(
                    403,
                    "pages of " + Problem.shown(origin) + " may not use this service; allow it in " + Origins.SETTING);
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && bytes(length) > maxBodyBytes) {
            return tooLarge(Problem.shown(length), maxBodyBytes);
        }
        boolean hasBody = length == null ? request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null : bytes(length) > 0;
        return hasBody && request.getHeader(HttpHeaders.CONTENT_TYPE) == null
                ? Refused.of(415, "the Content-Type header is missing; send application/json")
                : null;
    }

    private boolean isAllowed(String origin, HostAndPort self) {
        return isSame(origin, self) || origins.stream().anyMatch(allowed -> matches(allowed, origin));
    }

    /**
     * Whether the page is this service's own. The scheme may differ: a proxy may end TLS. A name counts only if it cannot be
     * another's: a page of evil.example sends both Origin and Host with that name, once its owner lets the name mean
     * 127.0.0.1 (DNS rebinding).
     */
    static boolean isSame(String origin, HostAndPort self) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(self.toString()) && isOwnHost(self);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the name cannot be another's. */
    private static boolean isOwnHost(HostAndPort self) {
        return OWN_HOST.matcher(self.host()).matches();
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
