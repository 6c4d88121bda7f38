package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.local.stack.Exchange;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.StackState;
import io.afterlearner.observability.Alerts;
import io.afterlearner.observability.Dashboard;
import io.afterlearner.observability.MetricTable;
import io.afterlearner.observability.Scrape;
import io.afterlearner.observability.promql.Query;
import io.afterlearner.observability.promql.Selector;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the running services export, against docs/metrics.md, the alert rules and the dashboard; and their logs as JSON. */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MetricsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final Map<String, String> SECTIONS =
            Map.of("optimizer", "Optimizer", "evaluator-1", "Evaluator", "feedback", "Feedback service");

    private static final long BUDGET = 20;

    @TempDir
    static Path folder;

    /** Addresses of the services by name. */
    private static final Map<String, String> SERVICES = new TreeMap<>();

    private static MetricTable table;
    private static Home home;
    private static Process stack;
    private static String tiny;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        table = MetricTable.read();
        home = Home.of(folder.resolve("home"));
        stack = startStack();
        Path yaml = TinyStudy.write(folder);
        Files.writeString(yaml, TinyStudy.YAML.replace("budget: 60", "budget: " + BUDGET));
        Path online = Files.writeString(folder.resolve("online.yaml"), TinyStudy.CLICKED);
        for (StackState.ServiceState service : awaitStack().services()) {
            SERVICES.put(service.name(), "http://127.0.0.1:" + service.port());
        }
        assertEquals(SECTIONS.keySet(), SERVICES.keySet());
        tiny = said("study", "create", yaml.toString());
        serveOneUnit(said("study", "create", online.toString()));
        await("evaluator-1", "afterlearner_evaluator_verdicts_total", 1, "study", tiny, "outcome", "measured");
        await("optimizer", "afterlearner_optimizer_studies", 1, "status", "finished");
        await("optimizer", "afterlearner_pool_lag_records", 0, "pool", "default");
        await("optimizer", "afterlearner_pool_work", 0, "pool", "default");
    }

    private static Process startStack() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT.resolve("afterlearner").toString(),
                        "up",
                        "--foreground",
                        "--kafka-port=0",
                        "--http-port=0",
                        "--feedback-port=0",
                        "--slots=1",
                        "--home=" + home.folder())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("up").toFile());
        builder.environment().put("AFTERLEARNER_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().put("AFTERLEARNER_LOG_JSON", "true");
        Path receivers = Files.writeString(folder.resolve("receivers"), "ops slack https://127.0.0.1:1/\n");
        builder.environment().put("AFTERLEARNER_RECEIVERS_FILE", receivers.toString());
        builder.environment().put("AFTERLEARNER_OPTIMIZER_POOL_LAG_INTERVAL", "1s");
        return builder.start();
    }

    private static StackState awaitStack() throws IOException, InterruptedException {
        Optional<StackState> running = StackState.running(home);
        while (running.isEmpty()) {
            assertTrue(stack.isAlive(), Files.readString(folder.resolve("up")));
            Thread.sleep(50);
            running = StackState.running(home);
        }
        return running.get();
    }

    private static void serveOneUnit(String study) throws IOException, InterruptedException {
        String assignments = SERVICES.get("feedback") + "/v1/studies/" + study + "/assignments";
        JsonNode assigned = post(assignments, "{\"unit\":\"ann\"}");
        for (int i = 0; !assigned.has("token") || assigned.get("arm").asText().equals("UNCOUNTED"); i++) {
            Thread.sleep(50);
            assigned = post(assignments, "{\"unit\":\"ann-" + i + "\"}");
        }
        String report = "{\"token\":\"" + assigned.get("token").asText() + "\",\"metric\":\"click\",\"value\":1}";
        post(SERVICES.get("feedback") + "/v1/feedback", report);
        await("feedback", "afterlearner_feedback_reports_total", 1, "study", study, "fate", "counted");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        stack.destroy();
        stack.waitFor();
    }

    /** What a command that ends well says. */
    private static String said(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--home=" + home.folder());
        Cli.Output output = new Cli(home.folder()).run(all.toArray(String[]::new));
        assertEquals(0, output.exit(), output.err());
        return output.out().strip();
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new String(Exchange.send(request.build(), REQUEST_TIMEOUT).body(), StandardCharsets.UTF_8);
    }

    private static JsonNode post(String url, String body) throws IOException, InterruptedException {
        return JSON.readTree(send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private static String get(String service, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(SERVICES.get(service) + path)));
    }

    private static Scrape scrape(String service) throws IOException, InterruptedException {
        return Scrape.of(get(service, "/q/metrics"));
    }

    private static void await(String service, String metric, double value, String... labels)
            throws IOException, InterruptedException {
        while (scrape(service).sum(metric, labels) != value) {
            Thread.sleep(50);
        }
    }

    @Test
    @Order(1)
    void eachServiceExportsWhatItsTablesSayAndNothingElse() throws IOException, InterruptedException {
        for (Map.Entry<String, String> service : SECTIONS.entrySet()) {
            Scrape scrape = scrape(service.getKey());
            Map<String, String> documented = table.all().stream()
                    .filter(metric ->
                            Set.of("Every service", service.getValue()).contains(metric.section()))
                    .collect(Collectors.toMap(
                            MetricTable.Metric::name,
                            metric -> metric.type() + " " + metric.labels(),
                            (a, b) -> a,
                            TreeMap::new));
            Map<String, String> exported = new TreeMap<>();
            scrape.metrics("afterlearner_").forEach(name -> exported.put(name, scrape.shape(name)));
            assertEquals(lines(documented), lines(exported), service.getKey());
            exported.keySet().forEach(name -> assertFalse(scrape.help(name).isBlank(), name + " has no help"));
        }
    }

    private static String lines(Map<String, String> shapes) {
        return shapes.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    @Test
    @Order(2)
    void eachSelectorOfEachQueryFindsASeries() throws IOException, InterruptedException {
        List<Scrape.Series> series = new ArrayList<>();
        for (String service : SECTIONS.keySet()) {
            series.addAll(scrape(service).series());
        }
        List<String> queries = Stream.concat(
                        Alerts.read().stream().map(Alerts.Alert::expr),
                        Dashboard.read().stream().map(Dashboard.PanelQuery::expr))
                .toList();
        List<String> blind = new ArrayList<>();
        for (String query : queries) {
            for (Selector selector : Query.of(query, table).selectors()) {
                // What a library counts under a label's value, such as an HTTP status, need not have happened here.
                boolean ours = selector.metric().startsWith("afterlearner_");
                Selector wanted = ours ? selector : new Selector(selector.metric(), List.of());
                // The operator is no part of the stack; its module compares its metrics with the document.
                boolean elsewhere = selector.metric().startsWith("afterlearner_operator_");
                if (!elsewhere && series.stream().noneMatch(one -> one.isSelectedBy(wanted))) {
                    blind.add(selector + " of " + query);
                }
            }
        }
        assertEquals(List.of(), blind);
        table.all().stream()
                .filter(metric -> metric.section().startsWith("Metrics of libraries"))
                .forEach(metric -> assertTrue(
                        series.stream()
                                .anyMatch(one -> one.metric().equals(metric.name())
                                        && one.labels().keySet().containsAll(metric.labels())),
                        metric.toString()));
    }

    @Test
    @Order(3)
    void theCountsAreThoseOfTheStudy() throws IOException, InterruptedException {
        Scrape optimizer = scrape("optimizer");
        String candidates = "afterlearner_optimizer_candidates_total";
        assertEquals(BUDGET, optimizer.sum(candidates, "study", tiny, "event", "asked"));
        assertEquals(
                BUDGET,
                optimizer.sum(candidates, "study", tiny, "pool", "default")
                        - optimizer.sum(candidates, "study", tiny, "event", "asked"));
        assertEquals(0, optimizer.sum("afterlearner_optimizer_outstanding_candidates", "study", tiny));
        assertEquals(1, optimizer.sum("afterlearner_kafka_up"));
        Scrape evaluator = scrape("evaluator-1");
        assertTrue(evaluator.sum("afterlearner_evaluator_candidates_total", "study", tiny, "outcome", "measured") > 0);
        assertEquals(1, evaluator.sum("afterlearner_evaluator_slots", "pool", "default"));
        JsonNode pool = JSON.readTree(get("optimizer", "/v1/pools/default"));
        assertEquals(0, pool.get("outstanding").asLong(), pool.toString());
        assertEquals(0, pool.get("lag").asLong(-1), pool.toString());
        JsonNode online = JSON.readTree(get("optimizer", "/v1/pools/online"));
        assertEquals(2, online.get("outstanding").asLong(), online.toString());
        assertEquals(1, online.get("studies").asLong(), online.toString());
        assertTrue(online.get("oldestSeconds").asDouble() > 0, online.toString());
    }

    /** An exemplar names a span, and with traces off there is none. */
    @Test
    @Order(3)
    void withoutTracesNoMetricNamesOne() throws IOException, InterruptedException {
        for (String service : SECTIONS.keySet()) {
            String metrics = get(service, "/q/metrics");
            assertFalse(metrics.contains("trace_id"), metrics);
        }
    }

    @Test
    @Order(4)
    void theLogsAreJsonWithTheStudyAsAField() throws IOException {
        for (String service : SECTIONS.keySet()) {
            Path log = folder.resolve("home/logs").resolve(service + ".log");
            List<JsonNode> entries = new ArrayList<>();
            for (String line : Files.readAllLines(log)) {
                entries.add(JSON.readTree(line));
            }
            assertTrue(entries.stream()
                    .anyMatch(entry -> entry.path("message").asText().contains("Listening")));
            if (!service.startsWith("evaluator")) {
                assertTrue(
                        entries.stream()
                                .anyMatch(entry -> entry.at("/mdc/study").isTextual()),
                        entries.toString());
            }
        }
    }

    @Test
    @Order(5)
    void theSeriesOfADeletedStudyEnd() throws IOException, InterruptedException {
        said("study", "delete", "tiny", "--yes");
        for (String service : List.of("optimizer", "evaluator-1")) {
            while (scrape(service).series().stream()
                    .anyMatch(one -> tiny.equals(one.labels().get("study")))) {
                Thread.sleep(50);
            }
        }
    }
}
