package io.afterlearner.demo.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.afterlearner.client.AfterLearner;
import io.afterlearner.client.Assignment;
import io.afterlearner.demo.world.Scores.Page;
import io.afterlearner.kafka.KafkaSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A shop's server: {@code GET /rank?user=ann} answers the items to show, ranked by the ℵ that the user is assigned, and a
 * token that whoever reports a click hands back. How long it took stands in its {@link PageLog}.
 */
public final class ProductionServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 4;
    /** Scores depend on ℵ alone, and few are met at a time. */
    private static final int REMEMBERED = 64;

    private final Catalogue catalogue;
    private final Ranker ranker;
    private final AfterLearner afterLearner;
    private final PageLog log;
    private final Map<List<Double>, Scores> scores =
            Collections.synchronizedMap(new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<List<Double>, Scores> eldest) {
                    return size() > REMEMBERED;
                }
            });

    private ProductionServer(Catalogue catalogue, Ranker ranker, AfterLearner afterLearner, PageLog log) {
        this.catalogue = catalogue;
        this.ranker = ranker;
        this.afterLearner = afterLearner;
        this.log = log;
    }

    /**
     * Serves until the process ends.
     *
     * @param arguments {@code folder=} of the example, {@code study=} its id, {@code port=} to listen on; the Kafka settings and
     *     the tokens' secret (AFTERLEARNER_TOKEN_SECRET) are in the environment
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Or each answer waits 40 ms for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Arguments given = Arguments.of(arguments);
        Path folder = Path.of(given.text("folder"));
        Catalogue catalogue = Catalogue.read(folder.resolve("catalogue.csv"));
        Ranker ranker = Ranker.open(folder.resolve("ranker.onnx"), catalogue);
        KafkaSettings kafka = KafkaSettings.ofProcess();
        AfterLearner afterLearner = AfterLearner.connect(
                given.text("study"),
                ranker.shipped(),
                kafka.admin(),
                String.valueOf(System.getenv("AFTERLEARNER_TOKEN_SECRET")));
        PageLog log = PageLog.open(kafka.admin());
        new ProductionServer(catalogue, ranker, afterLearner, log).listen((int) given.whole("port"));
    }

    private void listen(int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext("/rank", this::rank);
        http.createContext("/ready", exchange -> answer(exchange, afterLearner.isConnected() ? 200 : 503, Map.of()));
        http.setExecutor(Executors.newFixedThreadPool(THREADS));
        http.start();
    }

    private void rank(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        if (query == null || !query.startsWith("user=")) {
            answer(exchange, 400, Map.of("detail", "user is missing: ask /rank?user=ann"));
            return;
        }
        String user = query.substring("user=".length());
        Assignment got = afterLearner.assign(user);
        Page page = scores(got).page(catalogue.found(ThreadLocalRandom.current().nextLong()));
        String token = afterLearner.token(got);
        log.shown(new PageLog.Entry(
                System.currentTimeMillis(),
                Long.toHexString(ThreadLocalRandom.current().nextLong()),
                user,
                page.ranked(),
                Latency.millis(page.ranked(), ThreadLocalRandom.current().nextGaussian()),
                token));
        answer(
                exchange,
                200,
                Map.of(
                        "items", page.items(),
                        "token", token,
                        "arm", got.arm().name(),
                        "candidate", got.number()));
    }

    private Scores scores(Assignment got) {
        List<Double> key = java.util.Arrays.stream(got.values()).boxed().toList();
        return scores.computeIfAbsent(key, k -> ranker.scores(got.values()));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
