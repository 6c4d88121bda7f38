package io.afterlearner.http;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which a test sends bytes that no HTTP client sends. */
final class RawRequest implements AutoCloseable {
    private final Socket socket;

    RawRequest(URI root) throws IOException {
        socket = new Socket(root.getHost(), root.getPort());
    }

    RawRequest send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Everything that the server sends until it closes the connection. */
    String answer() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What the server answers to one request that must be the connection's last. */
    static String answer(URI root, String text) throws IOException {
        try (RawRequest raw = new RawRequest(root)) {
            raw.send(text).socket.shutdownOutput();
            return raw.answer();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
