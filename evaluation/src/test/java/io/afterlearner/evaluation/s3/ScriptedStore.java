package io.afterlearner.evaluation.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers the requests to a store as a test wants: the first by the first answer, all after the last by the last. */
public final class ScriptedStore implements AutoCloseable {
    public interface Answer {
        void to(HttpExchange request) throws IOException;
    }

    /** @param headers by name; null if absent */
    public record Request(String line, com.sun.net.httpserver.Headers headers) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public ScriptedStore(Answer... answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            int number;
            synchronized (requests) {
                requests.add(new Request(
                        exchange.getRequestMethod() + " " + exchange.getRequestURI(), exchange.getRequestHeaders()));
                number = requests.size();
            }
            exchange.getRequestBody().readAllBytes();
            try (exchange) {
                answers[Math.min(number, answers.length) - 1].to(exchange);
            }
        });
        server.start();
    }

    /** An error as S3 sends it; headers are pairs of name and value. */
    public static Answer error(int status, String code, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] body = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
                            + "</Code><Message>StringToSign the-secret-key</Message></Error>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    public static Answer bytes(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    public S3Settings settings() {
        return new S3Settings(
                List.of(), URI.create("http://127.0.0.1:" + server.getAddress().getPort()), null, null, false);
    }

    public List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
