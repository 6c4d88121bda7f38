package io.afterlearner.feedback.shell.notify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.access.trust.Authorities;
import io.afterlearner.embedded.Certificate;
import io.afterlearner.feedback.shell.notify.Receiver.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit of a minute ends a test only if the webhook has no limit of its own, so no assertion depends on the machine's speed. */
@Timeout(60)
class WebhookTest {
    private static final HttpClient HTTP = Webhook.client(null);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(500);

    private static Webhook.Answer send(URI address, HttpClient http, Duration atMost) throws InterruptedException {
        Receiver receiver = new Receiver("ops", Format.CLOUDEVENTS, address, Set.of());
        Webhook.Answer answer = new Webhook(receiver, http, atMost).send(Entries.notification(4));
        assertFalse(answer.problem().contains(HookServer.SECRET), answer.problem());
        return answer;
    }

    private static Webhook.Answer send(HookServer server) throws InterruptedException {
        return send(server.address(), HTTP, LONG);
    }

    @Test
    void aNotificationIsPosted() throws IOException, InterruptedException {
        try (HookServer server = new HookServer()) {
            assertEquals(new Webhook.Answer(Outcome.SENT, ""), send(server));
            HookServer.Request request = server.next();
            assertEquals("/" + HookServer.SECRET, request.path());
            assertEquals("application/cloudevents+json", request.contentType());
            assertEquals("topic-0-4", request.id());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void whatFailsForNowIsRetried(int status) throws IOException, InterruptedException {
        try (HookServer server = new HookServer(status)) {
            assertEquals(new Webhook.Answer(Outcome.RETRIED, "it answered " + status), send(server));
            assertEquals(1, server.requests.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 404, 410})
    void whatIsRefusedOrRedirectedIsFinal(int status) throws IOException, InterruptedException {
        try (HookServer server = new HookServer(status)) {
            assertEquals(new Webhook.Answer(Outcome.FAILED, "it answered " + status), send(server));
            assertEquals(1, server.requests.size(), "a redirect was followed");
        }
    }

    @Test
    void aReceiverThatDoesNotAnswerIsGivenUpAndDisconnected() throws Exception {
        try (ServerSocket server = listening()) {
            var disconnected = connected(server, socket -> {
                var unused = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
            while (!disconnected.isDone()) {
                assertEquals(
                        new Webhook.Answer(Outcome.RETRIED, "it did not answer within 500 ms"),
                        send(address(server), HTTP, SHORT));
            }
        }
    }

    @Test
    void ofAnAnswerThatDoesNotEndOnlyTheStatusIsRead() throws Exception {
        try (ServerSocket server = listening()) {
            var disconnected = connected(server, socket -> {
                OutputStream answer = socket.getOutputStream();
                answer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n".getBytes(US_ASCII));
                while (true) {
                    answer.write(new byte[1_000]);
                }
            });
            assertEquals(new Webhook.Answer(Outcome.SENT, ""), send(address(server), HTTP, LONG));
            disconnected.get();
        }
    }

    private interface Talk {
        void with(Socket socket) throws IOException;
    }

    /** Completes when the first connection has ended. */
    private static CompletableFuture<Void> connected(ServerSocket server, Talk talk) {
        return CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                talk.with(socket);
            } catch (IOException e) {
                // The other side closed it.
                assertFalse(server.isClosed());
            }
        });
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static URI address(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/" + HookServer.SECRET);
    }

    @Test
    void aReceiverThatDoesNotListenIsTriedAgain() throws IOException, InterruptedException {
        HookServer server = new HookServer();
        server.close();
        assertEquals(new Webhook.Answer(Outcome.RETRIED, "it cannot be reached"), send(server));
    }

    @Test
    void aCertificateMustBeTrusted(@TempDir Path directory) throws Exception {
        Certificate certificate = Certificate.create(directory);
        try (HookServer server = new HookServer(HookServer.tls(certificate))) {
            Webhook.Answer refused = send(server);
            assertEquals(Outcome.RETRIED, refused.outcome());
            assertTrue(
                    refused.problem().contains("name the file of its authority in " + Webhook.CA_FILE),
                    refused.problem());
            assertEquals(0, server.requests.size());
            HttpClient trusting = Webhook.client(Authorities.alsoTrusting(Files.readString(certificate.pem())));
            assertEquals(new Webhook.Answer(Outcome.SENT, ""), send(server.address(), trusting, LONG));
        }
    }
}
