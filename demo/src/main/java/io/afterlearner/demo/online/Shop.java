package io.afterlearner.demo.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.demo.report.OnlineResult.Streams;
import io.afterlearner.demo.world.Tally;
import io.afterlearner.local.access.Credentials;
import io.afterlearner.local.stack.Exchange;
import io.afterlearner.local.stack.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The demo's own processes, the production server and its users, and the answers of these and of the feedback service. */
final class Shop {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final String PACKAGE = "io.afterlearner.demo.world.";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What OpenMetrics may have after a value. */
    private static final String EXEMPLAR = " # ";

    private final String feedback;
    private final String study;
    private final String server;
    private String users = "";

    /** Starts the server, which serves ℵ₀ until it knows the study. */
    Shop(Session session, String study, Path folder) {
        this.study = study;
        feedback = String.valueOf(session.state().feedback());
        server = session.alongside(
                "server", PACKAGE + "ProductionServer", List.of("folder=" + folder, "study=" + study));
    }

    /** Starts the users. */
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
            return send(server + "/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    void drift() throws IOException, InterruptedException {
        send(users + "/drift");
    }

    /** What only the simulator knows; empty while it starts. */
    Optional<Tally> tally() throws InterruptedException {
        JsonNode json = json(users + "/tally");
        return json.isMissingNode() ? Optional.empty() : Optional.of(JSON.convertValue(json, Tally.class));
    }

    /** The measurements of the feedback service; missing while it does not answer. */
    JsonNode standing() throws InterruptedException {
        return json(feedback + "/v1/studies/" + study + "/standing");
    }

    /** The arms and their values; missing while the feedback service does not answer. */
    JsonNode arms() throws InterruptedException {
        return json(feedback + "/v1/studies/" + study + "/arms");
    }

    /** The page of a user; missing while the server does not answer. */
    JsonNode rank(String user) throws InterruptedException {
        return json(server + "/rank?user=" + user);
    }

    /** How much feedback the service received in both ways. */
    Streams streams() throws InterruptedException {
        long clicks = tally().orElse(Tally.NONE).accepted();
        try {
            String metrics = new String(send(feedback + "/q/metrics").body(), StandardCharsets.UTF_8);
            return new Streams(clicks, counted(metrics, "afterlearner_feedback_telemetry_reports_total"));
        } catch (IOException e) {
            return new Streams(clicks, null);
        }
    }

    /** The sum of a counter over its labels, in Prometheus metrics; null if there is none. */
    static @Nullable Long counted(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> line.split(EXEMPLAR, 2)[0])
                .map(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
                .reduce(Long::sum)
                .orElse(null);
    }

    private JsonNode json(String uri) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = send(uri);
            return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.missingNode();
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private HttpResponse<byte[]> send(String uri) throws IOException, InterruptedException {
        // The key is for the feedback service, not for the demo's own processes.
        HttpRequest.Builder request = uri.startsWith(feedback)
                ? Credentials.ofProcess().request(URI.create(uri))
                : HttpRequest.newBuilder(URI.create(uri));
        return Exchange.send(request.build(), REQUEST_TIMEOUT);
    }
}
