package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Topics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study of slices of a second whose metric is a query, and a server that answers as Prometheus does. */
class QueryIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger ROOT = Logger.getLogger("");
    private static final String VALUE =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"0.5\"]}]}}";

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger status = new AtomicInteger(200);
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger slow = new AtomicInteger();
    /** Counted down by a query that is asked while a slow one has no answer. */
    private final AtomicReference<CountDownLatch> beside = new AtomicReference<>(new CountDownLatch(0));
    /** Whether another query was asked while one of three slow ones had no answer. */
    private final CompletableFuture<Boolean> together = new CompletableFuture<>();

    private HttpServer prometheus() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/query", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = URLDecoder.decode(form, StandardCharsets.UTF_8);
            if (query.startsWith("query=slow")) {
                boolean isBeside = awaitOther();
                if (isBeside || slow.incrementAndGet() == 3) {
                    together.complete(isBeside);
                }
            } else {
                asked.add(query);
                beside.get().countDown();
            }
            byte[] body = (status.get() == 200 ? VALUE : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
        return server;
    }

    /** Waits for another query, for less than the ten seconds that the service waits for an answer. */
    private boolean awaitOther() {
        CountDownLatch other = new CountDownLatch(1);
        beside.set(other);
        try {
            return other.await(8, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            beside.set(new CountDownLatch(0));
        }
    }

    @Test
    void slicesAreMeasuredAndWithoutAnAnswerExplorationIsHeld() throws Exception {
        ROOT.setLevel(Level.WARNING);
        HttpServer prometheus = prometheus();
        try (EmbeddedKafka kafka = TestedKafka.start(directory.resolve("kafka"));
                ServiceProcess service = ServiceProcess.start(
                                kafka.bootstrapServers(),
                                "afterlearner.feedback.instance=one",
                                "afterlearner.feedback.prometheus-url=http://127.0.0.1:"
                                        + prometheus.getAddress().getPort(),
                                "afterlearner.feedback.state-dir=" + directory.resolve("one"))
                        .awaitReady()) {
            create(kafka, service, "s", "load");
            awaitThat(service, () -> standing(service).at("/control/exposures").asLong() >= 3);
            assertTrue(
                    asked.stream()
                            .allMatch(form -> form.matches("query=load\\[1000ms]&time=\\d+\\.000&timeout=10000ms")),
                    asked.toString());

            assertReportIsRefused(service);

            status.set(503);
            awaitThat(service, () -> hold(service).equals("NO_ANSWER"));
            awaitThat(service, () -> audit(kafka).contains("no value of load for a slice"));
            assertTrue(audit(kafka).contains("Prometheus answers status 503"), audit(kafka));

            status.set(200);
            awaitThat(service, () -> hold(service).equals("NONE"));

            create(kafka, service, "t", "slow");
            assertTrue(together.get(2, TimeUnit.MINUTES), "the slow query of one study delays the other study");
        } finally {
            prometheus.stop(0);
            threads.shutdownNow();
        }
    }

    /** A value that was also reported would count twice. */
    private static void assertReportIsRefused(ServiceProcess service) throws Exception {
        String slice = service.post("/v1/studies/s/assignments", "{\"unit\":\"anybody\"}")
                .body();
        JsonNode report = JSON.createObjectNode()
                .put("token", JSON.readTree(slice).get("token").asText())
                .put("metric", "load")
                .put("value", 1);
        String detail = TestedService.assertProblem(400, service.post("/v1/feedback", report.toString()));
        assertEquals("load is measured by a query to Prometheus; do not report it", detail);
    }

    private static void create(EmbeddedKafka kafka, ServiceProcess service, String study, String metric)
            throws Exception {
        OnlineSpec online = Specs.online(2_000, 1_000, 1_000, List.of());
        online.put(
                "metric",
                new Metric(
                        metric,
                        Aggregate.MEAN,
                        Goal.MINIMIZE,
                        0.0,
                        1.0,
                        null,
                        metric + "[{{slice}}]",
                        1.0,
                        null,
                        Covariate.NONE));
        online.put("guardrails", List.of());
        Topic.send(kafka.bootstrapServers(), Topics.STUDIES, study, Specs.study(study, online));
        awaitThat(
                service, () -> service.get("/v1/studies/" + study + "/champion").statusCode() == 200);
        for (long number = 0; number < 2; number++) {
            Topic.send(kafka.bootstrapServers(), Topics.TRIALS, study, Specs.asked(study, number, 0.5 * number));
        }
    }

    private static JsonNode standing(ServiceProcess service) throws Exception {
        return JSON.readTree(service.get("/v1/studies/s/standing").body());
    }

    private static String hold(ServiceProcess service) throws Exception {
        return standing(service).path("hold").asText();
    }

    private static String audit(EmbeddedKafka kafka) {
        return Topic.read(kafka.bootstrapServers(), Topics.AUDIT, "s", ArmsChange.class).stream()
                .map(ArmsChange::getReason)
                .toList()
                .toString();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void awaitThat(ServiceProcess service, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 150 s; the service said:\n" + service.said());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
