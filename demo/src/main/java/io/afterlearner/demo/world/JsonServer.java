package io.afterlearner.demo.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The HTTP server of a process of the demo: JSON on the loopback address. */
final class JsonServer {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Answer(int status, Object body) {}

    private JsonServer() {}

    /**
     * Serves until the process ends.
     *
     * @param resources by path; each gets the query, which is empty if there is none
     */
    static void start(int port, int threads, Map<String, Function<String, Answer>> resources) throws IOException {
        // Otherwise each answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        resources.forEach((path, resource) -> http.createContext(path, exchange -> {
            String query = exchange.getRequestURI().getQuery();
            Answer answer = resource.apply(query == null ? "" : query);
            byte[] bytes = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }));
        http.setExecutor(Executors.newFixedThreadPool(threads));
        http.start();
    }
}
