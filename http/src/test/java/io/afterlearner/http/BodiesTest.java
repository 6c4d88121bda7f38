package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies that stall, on a service with few workers. */
@QuarkusTest
@TestProfile(BodiesTest.FewWorkers.class)
class BodiesTest {
    private static final int WORKERS = 4;
    private static final String HEAD = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    /** Few workers, and a read timeout longer than the test: a worker that waited for a body would stay blocked. */
    public static final class FewWorkers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.thread-pool.max-threads",
                    String.valueOf(WORKERS),
                    "quarkus.http.read-timeout",
                    "10M",
                    "afterlearner.http.body-timeout",
                    "8S",
                    "afterlearner.http.max-buffered-bytes",
                    "20000000",
                    "afterlearner.http.max-body-bytes",
                    "100000");
        }
    }

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI root;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path))
                .timeout(Duration.ofSeconds(15))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Quarkus REST has a limit of its own, beyond which it reads the body twice. */
    @Test
    void aLargeBodyArrivesWholeAtAResourceOnTheEventLoop() throws Exception {
        for (int i = 0; i < 50; i++) {
            HttpResponse<String> answer = post("later", "\"" + "x".repeat(90_000) + "\"");
            assertEquals(200, answer.statusCode(), answer.body());
            assertTrue(answer.body().startsWith("90000 vert.x-eventloop"), answer.body());
        }
    }

    @Test
    void bodiesThatStallHoldNoWorkerAndEndAfterAWhile() throws Exception {
        List<RawRequest> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 10 * WORKERS; i++) {
                stalled.add(new RawRequest(root).send(HEAD + "Content-Length: 100\r\n\r\n{"));
                stalled.add(new RawRequest(root).send(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}"));
            }
            assertEquals(200, post("echo", "{\"budget\":1}").statusCode());
            for (RawRequest each : stalled) {
                String answer = each.answer();
                assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
                assertTrue(answer.contains("application/problem+json"), answer);
            }
        } finally {
            for (RawRequest each : stalled) {
                each.close();
            }
        }
    }

    @Test
    void aBodyWithoutLengthIsCutAtTheLimitToo() throws Exception {
        String part = "3e8\r\n" + " ".repeat(1_000) + "\r\n";
        String answer = RawRequest.answer(
                root,
                HEAD + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + part.repeat(101) + "0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.contains("send at most 100000 in one request"), answer);
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws Exception {
        try (RawRequest raw = new RawRequest(root)) {
            raw.send(HEAD + "Content-Length: 12\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n");
            raw.send("{\"budget\":1}");
            String answer = raw.answer();
            assertTrue(answer.startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 "), answer);
        }
    }
}
