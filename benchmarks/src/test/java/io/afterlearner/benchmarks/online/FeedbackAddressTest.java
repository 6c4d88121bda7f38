package io.afterlearner.benchmarks.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feedback service that requires a key. */
class FeedbackAddressTest {
    private static final String APPLICATION = "Bearer alk_application";
    private static final String VIEWER = "Bearer alk_viewer";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", FeedbackAddressTest::answer);
        service.setExecutor(threads);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String key = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] body = "{\"token\":\"t\"}".getBytes(StandardCharsets.US_ASCII);
        boolean isReport = exchange.getRequestURI().getPath().equals("/v1/feedback");
        exchange.sendResponseHeaders(
                APPLICATION.equals(key) ? (isReport ? 202 : 200) : key == null ? 401 : 403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private FeedbackAddress address(Optional<String> authorization) {
        return new FeedbackAddress(
                URI.create("http://127.0.0.1:" + service.getAddress().getPort()), authorization);
    }

    @Test
    void everyRequestHasTheKey() throws InterruptedException {
        HttpLoad load = new HttpLoad(address(Optional.of(APPLICATION)));
        assertEquals(0, load.noop(200, 0.1).errors());
        assertEquals(0, load.assignments(List.of("one"), 1, 200, 1, 0.1).errors());
        assertEquals(20, new HttpLoad(address(Optional.empty())).noop(200, 0.1).errors());
    }

    @Test
    void withoutTheRightKeyNothingIsMeasured() throws IOException {
        assertRefused("401", Optional.empty());
        assertRefused("403", Optional.of(VIEWER));
        try (HttpConnection connection = address(Optional.of(APPLICATION)).open()) {
            assertTrue(BenchStudies.isServed(connection, "one"));
        }
    }

    private void assertRefused(String status, Optional<String> authorization) throws IOException {
        try (HttpConnection connection = address(authorization).open()) {
            RefusedKeyException refused =
                    assertThrows(RefusedKeyException.class, () -> BenchStudies.isServed(connection, "one"));
            assertTrue(refused.getMessage().contains(status), refused.getMessage());
        }
    }

    @Test
    void theKeyIsNotShown() {
        assertFalse(address(Optional.of(APPLICATION)).toString().contains("alk_"));
    }
}
