package io.afterlearner.http;

import io.afterlearner.access.Caller;
import io.afterlearner.access.Refused;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads each body completely on the event loop before a worker gets the request, so that a stalled client blocks no worker.
 * Limits the size and the time of each body, and the memory of all bodies.
 */
final class Bodies implements Handler<RoutingContext> {
    private final long maxBytes;
    private final Duration timeout;
    private final BodyMemory memory;

    /**
     * @param maxBytes maximum size of a body
     * @param timeout maximum time from the headers to the end of the body
     */
    Bodies(long maxBytes, Duration timeout, BodyMemory memory) {
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        this.memory = memory;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.request().isEnded() || RequestRules.isSafe(context.request())) {
            context.next();
        } else {
            new Reading(context).begin();
        }
    }

    /** Callers behind a proxy have one address, so an authenticated name counts for more. */
    private static String client(RoutingContext context) {
        String name = Caller.of(context).name();
        return name.isEmpty() ? ClientRates.client(context.request().remoteAddress()) : name;
    }

    /** One body. All its methods run on the request's event loop. */
    private final class Reading {
        private final RoutingContext context;
        private final HttpServerRequest request;
        private final BodyMemory.Share share;
        private final long timer;
        private @Nullable Buffer body = Buffer.buffer();

        Reading(RoutingContext context) {
            this.context = context;
            this.request = context.request();
            this.share = memory.share(client(context));
            this.timer = context.vertx().setTimer(timeout.toMillis(), id -> late());
        }

        void begin() {
            context.addEndHandler(sent -> share.close());
            Refused refused = share.take(BodyMemory.BYTES_PER_BODY);
            if (refused != null) {
                refuse(refused);
            }
            request.handler(this::take).endHandler(end -> whole()).exceptionHandler(gone -> drop());
            if (refused == null && "100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                request.response().writeContinue();
            }
            request.resume();
        }

        private void take(Buffer part) {
            if (body == null) {
                return;
            }
            if (body.length() + part.length() > maxBytes) {
                refuse(RequestRules.tooLarge("more than " + maxBytes, maxBytes));
                return;
            }
            Refused refused = share.take(part.length());
            if (refused == null) {
                body.appendBuffer(part);
            } else {
                refuse(refused);
            }
        }

        // The replacement is internal to Vert.x. Vert.x's own body handler limits neither the time nor the memory of
        // all bodies.
        @SuppressWarnings("deprecation")
        private void whole() {
            context.vertx().cancelTimer(timer);
            if (body != null) {
                context.setBody(body);
                context.next();
            }
        }

        private void drop() {
            context.vertx().cancelTimer(timer);
            body = null;
            share.close();
        }

        /** Answers at once. The rest of the body is read and discarded until the timeout, so that the client gets the answer. */
        private void refuse(Refused refused) {
            body = null;
            share.close();
            refused.send(context.response());
        }

        private void late() {
            if (body != null) {
                refuse(Refused.of(
                        408,
                        "the body did not arrive within " + timeout.toMillis() + " ms; send it again without a pause"));
            }
            var unused = context.vertx().setTimer(1, id -> request.connection().close());
        }
    }
}
