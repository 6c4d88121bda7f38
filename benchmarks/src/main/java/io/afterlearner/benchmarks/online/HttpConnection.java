package io.afterlearner.benchmarks.online;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One kept-alive HTTP/1.1 connection for synchronous requests. It supports only what AfterLearner's services send, because it
 * shares the processors with the system under test.
 */
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_BODY_BYTES = 8 << 20;

    /** @param body empty if the status says enough */
    record Answer(int status, String body) {}

    private final Socket socket;
    private final InputStream in;
    private final String headers;

    private HttpConnection(Socket socket, String headers) throws IOException {
        this.socket = socket;
        this.headers = headers;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
    }

    /**
     * @param base such as {@code http://127.0.0.1:8082}
     * @param authorization value of this header in each request, if there is one
     */
    static HttpConnection open(URI base, Optional<String> authorization) throws IOException {
        Socket socket = new Socket(InetAddress.getByName(base.getHost()), base.getPort());
        String host = "Host: " + base.getAuthority() + "\r\n";
        return new HttpConnection(
                socket,
                host
                        + authorization
                                .map(value -> "Authorization: " + value + "\r\n")
                                .orElse(""));
    }

    Answer get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\n" + headers + "\r\n");
    }

    /** @param body JSON in ASCII, so that its length is the byte count */
    Answer post(String path, String body) throws IOException {
        return ask("POST " + path + " HTTP/1.1\r\n" + headers + "Content-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    private Answer ask(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String first = line();
        if (!first.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an HTTP/1.1 response: " + first);
        }
        int status = Integer.parseInt(first.substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        return new Answer(status, chunked ? chunks() : text(length));
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            body.append(text(length));
            line();
        }
        line();
        return body.toString();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String text(int length) throws IOException {
        if (length > MAX_BODY_BYTES) {
            throw new IOException("the response has " + length + " bytes; the limit is " + MAX_BODY_BYTES);
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
