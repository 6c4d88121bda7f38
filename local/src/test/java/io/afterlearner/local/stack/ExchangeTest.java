package io.afterlearner.local.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that breaks off in the middle of an answer. */
@Timeout(60)
class ExchangeTest {
    @Test
    void aBodyThatStallsEndsAtTheDeadline() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> stalled = CompletableFuture.supplyAsync(() -> headersOnly(server));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
                    .build();
            assertThrows(HttpTimeoutException.class, () -> Exchange.send(request, Duration.ofMillis(500)));
            stalled.join().close();
        }
    }

    @Test
    void theReasonIsInWordsAndNamesTheSettingOfAuthorities() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        IOException refused = assertThrows(IOException.class, () -> Exchange.send(request, Duration.ofSeconds(30)));
        assertEquals("it cannot be reached", Exchange.reason(refused));
        IOException untrusted = new SSLHandshakeException("PKIX path building failed");
        untrusted.initCause(new IllegalStateException(new CertPathBuilderException("unable to find a path")));
        assertEquals(
                "its certificate is not trusted; name the file of its authority in AFTERLEARNER_CA_FILE",
                Exchange.reason(untrusted));
        assertEquals("EOFException", Exchange.reason(new EOFException()));
    }

    /** Answers with headers and one of ten bytes, and leaves the connection open. */
    private static Socket headersOnly(ServerSocket server) {
        try {
            Socket connection = server.accept();
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx".getBytes(US_ASCII));
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
