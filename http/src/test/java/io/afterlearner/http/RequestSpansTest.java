package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the resource of a request sees, and which spans are sent. Traces that begin here are not sampled. */
class RequestSpansTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    /** Of the resources that were called. */
    private final BlockingQueue<SpanContext> seen = new LinkedBlockingQueue<>();
    /** One for each answer that was sent, with the context of its event loop. */
    private final BlockingQueue<SpanContext> ended = new LinkedBlockingQueue<>();

    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        // End handlers run from the last to the first.
        router.route().handler(routing -> {
            routing.addEndHandler(
                    sent -> vertx.runOnContext(later -> ended.add(Span.current().getSpanContext())));
            routing.next();
        });
        router.route().handler(new RequestSpans(telemetry));
        router.route().handler(this::answer);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private void answer(RoutingContext routing) {
        seen.add(Span.current().getSpanContext());
        routing.response()
                .setStatusCode(routing.request().path().endsWith("broken") ? 503 : 200)
                .end();
    }

    @AfterEach
    void stop() {
        var unused = vertx.close();
        telemetry.close();
    }

    /** The context that the resource saw, once the request has ended. */
    private SpanContext ask(String path, String traceparent) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
        if (!traceparent.isEmpty()) {
            request.header("traceparent", traceparent);
        }
        client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        assertFalse(ended.take().isValid(), "the context does not outlive the request");
        return seen.take();
    }

    private SpanData only() {
        List<SpanData> spans = exporter.getFinishedSpanItems();
        assertEquals(1, spans.size(), spans.toString());
        return spans.get(0);
    }

    @Test
    void aSampledTraceIsContinued() throws Exception {
        SpanContext context = ask("/v1/studies/a?b=c", "00-" + TRACE + "-" + CALLER + "-01");
        SpanData span = only();
        assertEquals(TRACE, context.getTraceId());
        assertEquals(span.getSpanId(), context.getSpanId());
        assertEquals(CALLER, span.getParentSpanId());
        assertEquals(SpanKind.SERVER, span.getKind());
        assertEquals("/v1/studies/a", span.getAttributes().get(AttributeKey.stringKey("url.path")));
        assertEquals(200L, span.getAttributes().get(AttributeKey.longKey("http.response.status_code")));
        assertEquals(StatusCode.UNSET, span.getStatus().getStatusCode());
    }

    @Test
    void anErrorOfTheServiceIsTheSpansStatus() throws Exception {
        ask("/v1/broken", "00-" + TRACE + "-" + CALLER + "-01");
        assertEquals(StatusCode.ERROR, only().getStatus().getStatusCode());
    }

    @Test
    void aTraceThatIsNotSampledIsPassedOnWithoutASpan() throws Exception {
        SpanContext context = ask("/v1/studies", "00-" + TRACE + "-" + CALLER + "-00");
        assertEquals(TRACE, context.getTraceId());
        assertEquals(CALLER, context.getSpanId());
        assertEquals(List.of(), exporter.getFinishedSpanItems());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00-" + TRACE + "-01", "nonsense", "00-00000000000000000000000000000000-" + CALLER + "-01"})
    void withoutAContextNoneIsMadeUpUnlessItIsSampled(String traceparent) throws Exception {
        assertFalse(ask("/v1/studies", traceparent).isValid());
        assertEquals(List.of(), exporter.getFinishedSpanItems());
    }

    @Test
    void onlyTheApiIsTraced() throws Exception {
        assertFalse(ask("/q/health", "00-" + TRACE + "-" + CALLER + "-01").isValid());
        assertEquals(List.of(), exporter.getFinishedSpanItems());
    }
}
