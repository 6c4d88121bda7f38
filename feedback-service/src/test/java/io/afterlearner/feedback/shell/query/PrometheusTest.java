package io.afterlearner.feedback.shell.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.afterlearner.access.trust.Authorities;
import io.afterlearner.embedded.Certificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small server in this process that answers as Prometheus does. The timeout limits the waits. */
@Timeout(60)
class PrometheusTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String TWO =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"2\"]}]}}";

    @TempDir
    Path folder;

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private final AtomicReference<@Nullable String> authorization = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    private interface Answering {
        void answer(HttpExchange exchange) throws Exception;
    }

    private String serve(Answering answering) throws IOException {
        return serve(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http", answering);
    }

    private String serve(HttpServer created, String scheme, Answering answering) {
        server = created;
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            try {
                answering.answer(exchange);
            } catch (Exception e) {
                throw new IOException(e);
            } finally {
                exchange.close();
            }
        });
        server.start();
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @AfterEach
    void stop() {
        end.countDown();
        if (server != null) {
            server.stop(0);
        }
    }

    private static String unreachable(Answer answer) {
        assertTrue(answer instanceof Answer.Unreachable, answer.toString());
        return ((Answer.Unreachable) answer).why();
    }

    @Test
    void aQueryIsAskedAtATimeInSeconds() throws Exception {
        Prometheus prometheus = new Prometheus(serve(e -> send(e, 200, TWO)) + "/prom/", null, null, LONG);
        assertEquals(new Answer.Value(2), prometheus.ask("sum(rate(a[60000ms])) > 1", 1_790_000_000_250L));
        assertEquals(
                "POST /prom/api/v1/query query=sum(rate(a[60000ms])) > 1&time=1790000000.250&timeout=30000ms",
                URLDecoder.decode(asked.get(), StandardCharsets.UTF_8));
        assertNull(authorization.get());
    }

    @Test
    void theTokenIsReadForEachQuery() throws Exception {
        Path token = folder.resolve("token");
        Prometheus prometheus = new Prometheus(serve(e -> send(e, 200, TWO)), token, null, LONG);
        assertTrue(unreachable(prometheus.ask("a", 0)).contains("is no token"));
        Files.writeString(token, "first\n");
        assertEquals(new Answer.Value(2), prometheus.ask("a", 0));
        assertEquals("Bearer first", authorization.get());
        Files.writeString(token, "second");
        assertEquals(new Answer.Value(2), prometheus.ask("a", 0));
        assertEquals("Bearer second", authorization.get());
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        String address = serve(e -> {
            e.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            send(e, 307, "");
        });
        assertTrue(unreachable(new Prometheus(address, null, null, LONG).ask("a", 0))
                .contains("status 307"));
    }

    @Test
    void anAnswerThatIsTooLargeOrTooSlowIsNone() throws Exception {
        String large = serve(e -> send(e, 200, " ".repeat(Prometheus.MAX_BODY_BYTES + 1)));
        assertTrue(
                unreachable(new Prometheus(large, null, null, LONG).ask("a", 0)).contains("too large"));
        server.stop(0);
        String slow = serve(e -> {
            e.sendResponseHeaders(200, 100);
            e.getResponseBody().write(' ');
            e.getResponseBody().flush();
            end.await();
        });
        assertTrue(unreachable(new Prometheus(slow, null, null, Duration.ofMillis(200)).ask("a", 0))
                .contains("no complete answer within 200 ms"));
    }

    @Test
    void nobodyThereIsNoAnswer() throws Exception {
        String address = serve(e -> send(e, 200, TWO));
        server.stop(0);
        assertTrue(unreachable(new Prometheus(address, null, null, LONG).ask("a", 0))
                .contains("cannot be reached"));
    }

    @Test
    void onlyACertificateOfTheGivenAuthorityIsTrusted() throws Exception {
        Certificate certificate = Certificate.create(folder);
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
        String address = serve(https, "https", e -> send(e, 200, TWO));
        SSLContext trust = Authorities.trusting(Files.readString(certificate.pem()));
        assertEquals(new Answer.Value(2), new Prometheus(address, null, trust, LONG).ask("a", 0));
        String why = unreachable(new Prometheus(address, null, null, LONG).ask("a", 0));
        assertTrue(why.contains("afterlearner.feedback.prometheus-ca-file"), why);
    }

    private static SSLContext context(Certificate certificate) throws Exception {
        char[] password = "change-it".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.keystore())) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
