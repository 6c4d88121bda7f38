package io.afterlearner.local.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code study create} returns when the feedback service assigns units. */
@Timeout(60)
class BeginningTest {
    private final Deque<Integer> answers = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/studies/shop/champion", exchange -> {
            exchange.sendResponseHeaders(answers.size() > 1 ? answers.remove() : answers.element(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private boolean begins(Duration within, Integer... statuses) throws InterruptedException {
        answers.clear();
        answers.addAll(List.of(statuses));
        return Beginning.await(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), "shop", within);
    }

    @Test
    void itWaitsWhileTheStudyIsNotKnownOrHasNotBegun() throws Exception {
        assertTrue(begins(Duration.ofMinutes(1), 404, 503, 503, 200));
        assertEquals(1, answers.size(), "all were asked for");
    }

    @Test
    void itDoesNotWaitForAKeyNorForever() throws Exception {
        assertTrue(begins(Duration.ofMinutes(1), 403));
        assertFalse(begins(Duration.ZERO, 503));
    }
}
