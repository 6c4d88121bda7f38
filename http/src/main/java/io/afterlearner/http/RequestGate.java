package io.afterlearner.http;

import io.afterlearner.access.Access;
import io.afterlearner.access.Refused;
import io.afterlearner.kafka.trace.Spans;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Checks every request before a resource gets it, with {@link ClientRates}, {@link RequestRules} and {@link Bodies}. Turns
 * Quarkus' own error answers into problems.
 */
@ApplicationScoped
class RequestGate {
    static final String CLIENT_REQUESTS = "afterlearner.http.client-requests-per-second";
    static final String MAX_BODY_BYTES = "afterlearner.http.max-body-bytes";
    static final String MAX_BUFFERED_BYTES = "afterlearner.http.max-buffered-bytes";
    static final String BODY_TIMEOUT = "afterlearner.http.body-timeout";

    /** Before all checks, so that a span has their time and their refusals. */
    private static final int SPANS_PRIORITY = 1_000;
    /** After CORS, so that a browser can read the refusal. */
    private static final int PRIORITY = 250;
    /** After authorization (100), so that a body is read only of whom may send it. */
    private static final int BODIES_PRIORITY = 90;
    /** Bodies take at most this part of the heap by default; a worker needs several times their size to read them. */
    private static final int HEAP_PER_BUFFERED = 16;

    private final ClientRates rates;
    private final RequestRules rules;
    private final Bodies bodies;
    private volatile boolean leaving;

    RequestGate(
            Access access,
            @ConfigProperty(name = CLIENT_REQUESTS, defaultValue = "10000") int requestsPerSecond,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins,
            @ConfigProperty(name = MAX_BODY_BYTES, defaultValue = "8388608") long maxBodyBytes,
            @ConfigProperty(name = MAX_BUFFERED_BYTES) Optional<Long> maxBufferedBytes,
            @ConfigProperty(name = BODY_TIMEOUT, defaultValue = "30S") Duration bodyTimeout) {
        rates = new ClientRates(requestsPerSecond);
        rules = new RequestRules(origins.orElse(List.of()), maxBodyBytes, access.isByAddressOnly());
        bodies = new Bodies(maxBodyBytes, bodyTimeout, new BodyMemory(buffered(maxBodyBytes, maxBufferedBytes)));
    }

    /** Room for four of the longest bodies by default; with less than two, a client's half would not hold one. */
    static long buffered(long maxBodyBytes, Optional<Long> wanted) {
        long each = maxBodyBytes + BodyMemory.BYTES_PER_BODY;
        long buffered = wanted.orElse(Math.max(4 * each, Runtime.getRuntime().maxMemory() / HEAP_PER_BUFFERED));
        if (buffered < 2 * each) {
            throw new ConfigurationException(MAX_BUFFERED_BYTES + " is " + buffered
                    + ", which does not hold two bodies of " + MAX_BODY_BYTES + "; set at least " + 2 * each);
        }
        return buffered;
    }

    /** @param off whether there are no traces; a service without the extension has none */
    void register(
            @Observes Filters filters,
            Instance<OpenTelemetry> telemetry,
            @ConfigProperty(name = Spans.OFF, defaultValue = "true") boolean off) {
        if (!off) {
            filters.register(new RequestSpans(telemetry.get()), SPANS_PRIORITY);
        }
        filters.register(this::check, PRIORITY);
        filters.register(bodies, BODIES_PRIORITY);
    }

    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        leaving = true;
    }

    private void check(RoutingContext context) {
        if (leaving) {
            // Whoever keeps connections open would send the next request when the service has stopped.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        Refused tooMany = rates.check(context.request());
        Refused refused = tooMany == null ? rules.check(context.request()) : tooMany;
        if (refused == null) {
            context.next();
        } else {
            refused.send(context.response());
        }
    }

    /** Answers requests that reach no resource. The first route's failure handler runs before Quarkus' own, which logs each one. */
    void answer(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(RequestGate::failed);
        FrameworkAnswers.BY_STATUS.keySet().forEach(status -> router.errorHandler(status, RequestGate::failed));
    }

    private static void failed(RoutingContext context) {
        int status = context.statusCode();
        String detail = FrameworkAnswers.BY_STATUS.get(status);
        if (detail == null) {
            context.next();
        } else if (context.request().authority() == null) {
            RequestRules.NO_HOST.send(context.response());
        } else {
            Refused.of(status, detail).send(context.response());
        }
    }
}
