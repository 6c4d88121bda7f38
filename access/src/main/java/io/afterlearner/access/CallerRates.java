package io.afterlearner.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Limits the requests of each authenticated caller, whatever addresses they come from. Beyond the limit: 429. */
@ApplicationScoped
class CallerRates {
    static final String SETTING = "afterlearner.http.identity-requests-per-second";
    private static final Duration SPAN = Duration.ofSeconds(10);
    /** After authentication (200), before authorization (100). */
    private static final int PRIORITY = 120;

    private final int perSecond;
    private final RateLimit limit;

    CallerRates(@ConfigProperty(name = SETTING, defaultValue = "10000") int perSecond) {
        this.perSecond = perSecond;
        this.limit = new RateLimit((int) Math.min(Integer.MAX_VALUE, perSecond * SPAN.toSeconds()), SPAN);
    }

    void register(@Observes Filters filters) {
        if (perSecond > 0) {
            filters.register(this::check, PRIORITY);
        }
    }

    private void check(RoutingContext context) {
        String name = Caller.of(context).name();
        int wait = name.isEmpty() ? 0 : limit.use(name);
        if (wait == 0) {
            context.next();
        } else {
            new Refused(
                            429,
                            "more than " + perSecond + " requests per second from " + name + "; wait " + wait
                                    + " s, or raise " + SETTING,
                            wait)
                    .send(context.response());
        }
    }
}
