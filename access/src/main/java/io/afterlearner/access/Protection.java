package io.afterlearner.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a service is protected, from its settings.
 *
 * @param host the address that it listens on
 * @param keys whether there is a file of keys
 * @param oidc whether there is an OIDC provider
 * @param audience of OIDC tokens; null if none is required
 * @param tls whether it serves HTTPS
 * @param authentication the setting {@link #AUTHENTICATION}
 * @param protectedBy the setting {@link #PROTECTED_BY}; null if there is none
 * @param healthOnly the setting {@link #HEALTH_ONLY}: whether the service is of use to nobody who calls it
 */
record Protection(
        String host,
        boolean keys,
        boolean oidc,
        @Nullable String audience,
        boolean tls,
        String authentication,
        @Nullable String protectedBy,
        boolean healthOnly) {
    static final String KEYS_FILE = "afterlearner.http.keys-file";
    static final String AUTHENTICATION = "afterlearner.http.authentication";
    static final String PROTECTED_BY = "afterlearner.http.protected-by";
    static final String HEALTH_ONLY = "afterlearner.http.health-only";
    static final String AUTO = "auto";
    static final String NONE = "none";

    /** Whether everybody may do everything. False as long as that is not certain to be wanted. */
    boolean isOpen() {
        return refusal() == null && !keys && !oidc && (isLoopback() || authentication.equals(NONE));
    }

    /**
     * Whether nothing but the loopback address protects the service. A page in a browser of this machine reaches that too, under
     * a name of its owner's (DNS rebinding).
     */
    boolean isByAddressOnly() {
        return isOpen() && authentication.equals(AUTO) && protectedBy == null;
    }

    /** Why the service must not start; null if it may. One line. */
    @Nullable
    String refusal() {
        if (oidc && audience == null) {
            return "quarkus.oidc.token.audience is missing, so that tokens for other applications would be accepted;"
                    + " set it to this service's audience";
        }
        return keys || oidc ? contradiction() : exposure();
    }

    private @Nullable String contradiction() {
        return authentication.equals(NONE)
                ? AUTHENTICATION + " is " + NONE
                        + ", but keys or an OIDC provider are configured; remove one or the other"
                : null;
    }

    private @Nullable String exposure() {
        if (isLoopback() || (healthOnly && authentication.equals(AUTO))) {
            return null;
        }
        if (authentication.equals(AUTO)) {
            return "the service would be open to everybody who reaches " + host + ": set " + KEYS_FILE
                    + " or quarkus.oidc.auth-server-url; or listen on this machine only, with"
                    + " quarkus.http.host=127.0.0.1; or, if something else authenticates all requests, set "
                    + AUTHENTICATION + "=" + NONE + " and " + PROTECTED_BY;
        }
        return protectedBy == null
                ? AUTHENTICATION + " is " + NONE + " and the service listens on " + host + "; name in " + PROTECTED_BY
                        + " what authenticates requests instead, such as \"mTLS of the service mesh\""
                : null;
    }

    /** What whoever starts the service must know. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (isOpen()) {
            warnings.add("HTTP HAS NO AUTHENTICATION: everybody who reaches " + host
                    + " may read, steer and delete studies; "
                    + (protectedBy == null
                            ? "set " + KEYS_FILE + " to require keys"
                            : PROTECTED_BY + " says what protects it instead: " + protectedBy));
        } else if (!keys && !oidc) {
            warnings.add("nobody can read metrics, because there are no keys; set " + KEYS_FILE
                    + ", or afterlearner.http.metrics=open");
        } else if (!isLoopback() && !tls && protectedBy == null) {
            warnings.add("HTTP IS NOT ENCRYPTED: keys and tokens can be read on the way to " + host
                    + "; set quarkus.tls.key-store.*, or name in " + PROTECTED_BY + " what ends TLS");
        }
        return warnings;
    }

    private boolean isLoopback() {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
