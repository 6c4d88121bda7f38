package io.afterlearner.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The REST APIs of optimizer and feedback service, with studies that do only what a test says. */
public final class FakeOptimizer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    public final Map<String, ObjectNode> studies = new ConcurrentHashMap<>();
    /** Method, path and action of each request that may change something. */
    public final List<String> changes = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final Map<String, Long> firstBudgets = new ConcurrentHashMap<>();
    private final List<String> commandIds = new CopyOnWriteArrayList<>();
    public final AtomicInteger lists = new AtomicInteger();
    /** By study, what the feedback service says that production serves. */
    public final Map<String, ObjectNode> served = new ConcurrentHashMap<>();

    public volatile boolean down;
    public volatile boolean feedbackDown;
    /** Refuses the next studies with this detail; empty for none. */
    public volatile String refusal = "";

    public FakeOptimizer() throws IOException {
        this(0);
    }

    public FakeOptimizer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/v1/studies", this::answer);
        server.createContext("/v1/champions", this::champions);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Lets the only study go on. */
    public void change(Consumer<ObjectNode> how) {
        studies.values().forEach(study -> {
            how.accept(study);
            study.put("sequence", study.path("sequence").asLong() + 1);
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (down) {
                send(exchange, 503, problem("starting"));
                return;
            }
            String path = exchange.getRequestURI().getPath().substring("/v1/studies".length());
            String[] steps = path.isEmpty() ? new String[0] : path.substring(1).split("/");
            byte[] body = exchange.getRequestBody().readAllBytes();
            String method = exchange.getRequestMethod();
            if (steps.length == 0) {
                all(exchange, method, body);
            } else {
                one(exchange, method, steps, body);
            }
        }
    }

    private void champions(HttpExchange exchange) throws IOException {
        try (exchange) {
            ArrayNode list = JSON.createArrayNode();
            served.values().forEach(list::add);
            send(exchange, feedbackDown ? 503 : 200, feedbackDown ? problem("starting") : list.toString());
        }
    }

    /** Lets production serve a candidate of the only study. */
    public void serve(String state, long candidate) {
        String study = studies.keySet().iterator().next();
        served.put(
                study,
                JSON.createObjectNode()
                        .put("study", study)
                        .put("revision", 1)
                        .put("state", state)
                        .put("candidate", candidate));
    }

    private void all(HttpExchange exchange, String method, byte[] body) throws IOException {
        if (method.equals("GET")) {
            lists.incrementAndGet();
            ArrayNode list = JSON.createArrayNode();
            studies.values().forEach(list::add);
            send(exchange, 200, list.toString());
        } else if (!refusal.isEmpty()) {
            send(exchange, 409, problem(refusal));
        } else {
            ObjectNode spec = (ObjectNode) JSON.readTree(body);
            String id = spec.path("study").asText();
            boolean isNew = studies.putIfAbsent(id, created(spec)) == null;
            firstBudgets.putIfAbsent(id, spec.path("optimizer").path("budget").asLong());
            changes.add((isNew ? "CREATE " : "AGAIN ") + spec.path("name").asText());
            send(exchange, isNew ? 201 : 200, studies.get(id).toString());
        }
    }

    private void one(HttpExchange exchange, String method, String[] steps, byte[] body) throws IOException {
        ObjectNode study = studies.get(steps[0]);
        if (study == null) {
            send(exchange, 404, problem("no such study"));
        } else if (method.equals("DELETE")) {
            changes.add("DELETE");
            studies.remove(steps[0]);
            send(exchange, 202, "");
        } else if (steps.length == 2 && steps[1].equals("commands")) {
            command(study, (ObjectNode) JSON.readTree(body));
            send(exchange, 202, study.toString());
        } else if (steps.length == 2) {
            ObjectNode spec = JSON.createObjectNode();
            spec.putObject("optimizer").put("budget", firstBudgets.get(steps[0]));
            send(exchange, 200, spec.toString());
        } else {
            send(exchange, 200, study.toString());
        }
    }

    private void command(ObjectNode study, ObjectNode command) {
        String action = command.path("action").asText();
        if (commandIds.contains(command.path("id").asText())) {
            return;
        }
        commandIds.add(command.path("id").asText());
        changes.add(action);
        switch (action) {
            case "PAUSE" -> study.put("status", "PAUSED");
            case "RESUME" -> study.put("status", "RUNNING");
            case "STOP" -> study.put("status", "STOPPED");
            case "EXTEND" -> study.put("budget", command.path("budget").asLong());
            default -> throw new IllegalArgumentException(action);
        }
        study.put("sequence", study.path("sequence").asLong() + 1);
    }

    private static ObjectNode created(ObjectNode spec) {
        ObjectNode study = JSON.createObjectNode();
        study.set("study", spec.path("study"));
        study.set("name", spec.path("name"));
        study.put("status", "RUNNING").put("number", 0).put("sequence", 1).put("createdAtMillis", 1);
        study.set("budget", spec.path("optimizer").path("budget"));
        return study.put("asked", 0).put("told", 0).put("failed", 0).put("expired", 0);
    }

    private static String problem(String detail) {
        return JSON.createObjectNode().put("detail", detail).toString();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
