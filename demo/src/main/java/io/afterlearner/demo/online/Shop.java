package io.afterlearner.demo.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.demo.report.OnlineResult.Streams;
import io.afterlearner.local.stack.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The demo's own processes, the production server and its users, and what they and the feedback service say. */
final class Shop {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final String PACKAGE = "io.afterlearner.demo.world.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
    private final String feedback;
    private final String study;
    private final String server;
    private String users = "";

    /** Starts the server, which serves the shipped model until it hears of the study. */
    Shop(Session session, String study, Path folder) {
        this.study = study;
        feedback = String.valueOf(session.state().feedback());
        server = session.alongside(
                "server", PACKAGE + "ProductionServer", List.of("folder=" + folder, "study=" + study));
    }

    /** Lets the users come. */
    void open(Session session, Path folder, long seed, int visits) {
        users = session.alongside(
                "users",
                PACKAGE + "Users",
                List.of(
                        "folder=" + folder,
                        "server=" + server,
                        "feedback=" + feedback,
                        "rate=" + visits,
                        "seed=" + seed));
    }

    boolean isReady() throws InterruptedException {
        try {
            return send(request(server + "/ready")).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    void drift() throws IOException, InterruptedException {
        send(request(users + "/drift"));
    }

    /** What only the simulator knows; missing while it starts. */
    JsonNode tally() throws InterruptedException {
        return json(users + "/tally");
    }

    /** What the feedback service measured; missing while it cannot say. */
    JsonNode standing() throws InterruptedException {
        return json(feedback + "/v1/studies/" + study + "/standing");
    }

    /** Who meets what. */
    JsonNode arms() throws InterruptedException {
        return json(feedback + "/v1/studies/" + study + "/arms");
    }

    /** What a user gets. */
    JsonNode rank(String user) throws InterruptedException {
        return json(server + "/rank?user=" + user);
    }

    /** What came back, by both ways. */
    Streams streams() throws InterruptedException {
        try {
            String metrics = new String(send(request(feedback + "/q/metrics")).body(), StandardCharsets.UTF_8);
            return new Streams(tally().path("accepted").asLong(), counted(metrics, "afterlearner_telemetry_total"));
        } catch (IOException e) {
            return new Streams(tally().path("accepted").asLong(), null);
        }
    }

    /** A counter among Prometheus metrics; null where it is not. */
    static @Nullable Long counted(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
                .reduce(Long::sum)
                .orElse(null);
    }

    private JsonNode json(String uri) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = send(request(uri));
            return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.missingNode();
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(ANSWER_WITHIN).build();
    }
}
