package io.afterlearner.http;

import io.afterlearner.access.RateLimit;
import io.afterlearner.access.Refused;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits the requests of each client: beyond the limit they are rejected with 429 and {@code Retry-After}. A client is an IPv4
 * address, or the first half of an IPv6 address. Behind a proxy, set {@code quarkus.http.proxy.proxy-address-forwarding=true};
 * otherwise the proxy counts as the client, and its headers are ignored.
 */
final class ClientRates {
    private static final Duration SPAN = Duration.ofSeconds(10);
    private static final int IPV6_NETWORK_GROUPS = 4;

    private final int perSecond;
    private final RateLimit limit;

    /** @param perSecond maximum number of requests per client and second, averaged over 10 s; 0 for no limit */
    ClientRates(int perSecond) {
        this.perSecond = perSecond;
        this.limit = new RateLimit((int) Math.min(Integer.MAX_VALUE, perSecond * SPAN.toSeconds()), SPAN);
    }

    /** Why the request is refused; null if it is not. */
    @Nullable
    Refused check(HttpServerRequest request) {
        int wait = perSecond <= 0 ? 0 : limit.use(client(request.remoteAddress()));
        return wait == 0
                ? null
                : new Refused(
                        429,
                        "more than " + perSecond + " requests per second from one client; wait " + wait
                                + " s, or raise afterlearner.http.client-requests-per-second",
                        wait);
    }

    static String client(@Nullable SocketAddress address) {
        String host = address == null ? null : address.hostAddress();
        if (host == null) {
            return "";
        }
        int end = 0;
        for (int group = 0; group < IPV6_NETWORK_GROUPS && end >= 0; group++) {
            end = host.indexOf(':', end + 1);
        }
        return end < 0 ? host : host.substring(0, end);
    }
}
