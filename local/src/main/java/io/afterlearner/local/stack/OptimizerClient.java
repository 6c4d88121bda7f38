package io.afterlearner.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.StudySpec;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Speaks to a running optimizer over its REST API. */
public final class OptimizerClient {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    /** While it reads its topics after a start it answers 503. */
    private static final int MOST_TRIES = 100;

    private static final long TRY_AGAIN_MILLIS = 200;
    private static final int CREATED = 201;
    private static final int NOT_READY = 503;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    private final String http;

    OptimizerClient(String http) {
        this.http = http;
    }

    /**
     * How far a study is; nothing while the optimizer has not heard of it.
     *
     * @throws IOException if the optimizer does not answer: it may be starting again
     */
    public Optional<StudyProgress> progress(String study) throws IOException, InterruptedException {
        HttpRequest request = request("/" + encoded(study)).GET().build();
        HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new IOException("the optimizer answers " + detail(answer));
        }
        return Optional.of(progress(JSON.readTree(answer.body())));
    }

    private static StudyProgress progress(JsonNode json) throws IOException {
        for (String name : new String[] {"study", "status", "number", "budget", "asked"}) {
            if (!json.has(name)) {
                throw new IOException("the optimizer's view of a study has no " + name);
            }
        }
        return new StudyProgress(
                json.get("study").asText(),
                json.get("status").asText(),
                text(json.get("reason")),
                json.get("number").asLong(),
                number(json.get("loss")),
                number(json.get("baselineLoss")),
                json.get("budget").asLong(),
                json.get("asked").asLong(),
                json.path("told").asLong(),
                json.path("failed").asLong(),
                json.path("expired").asLong(),
                number(json.get("learnedNats")),
                text(json.get("explanation")));
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        return json == null || !json.isTextual() ? null : json.asText();
    }

    private static @Nullable Double number(@Nullable JsonNode json) {
        return json == null || !json.isNumber() ? null : json.asDouble();
    }

    /**
     * Begins a study; one that exists with the same spec is left alone.
     *
     * @return whether it is new
     * @throws StackException if the optimizer refuses it, with its reason
     */
    public boolean create(StudySpec spec) throws InterruptedException {
        // Avro's own JSON of the record: the API takes the same fields by the same names.
        return post("", spec.toString()) == CREATED;
    }

    /**
     * Asks something of a study.
     *
     * @param budget the new total for EXTEND; else 0
     * @throws StackException if the study cannot do that as it stands, with the reason
     */
    public void command(String study, Action action, long budget) throws InterruptedException {
        ObjectNode command = JSON.createObjectNode()
                .put("action", action.name())
                .put("id", UUID.randomUUID().toString())
                .put("by", Reverting.who());
        if (action == Action.EXTEND) {
            command.put("budget", budget);
        }
        post("/" + encoded(study) + "/commands", command.toString());
    }

    /** The status of the answer. Both kinds of bodies may be sent twice: a spec is idempotent and a command carries its id. */
    private int post(String path, String body) throws InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String problem = "";
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() / 100 == 2) {
                    return answer.statusCode();
                }
                problem = detail(answer);
                if (answer.statusCode() != NOT_READY) {
                    throw new StackException("the optimizer says: " + problem);
                }
            } catch (IOException e) {
                problem = "no answer (" + e.getMessage() + ")";
            }
            Thread.sleep(TRY_AGAIN_MILLIS);
        }
        throw new StackException("the optimizer at " + http + " does not take a request: " + problem);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(http + "/v1/studies" + path)).timeout(ANSWER_WITHIN);
    }

    private static String encoded(String study) {
        return URLEncoder.encode(study, StandardCharsets.UTF_8);
    }

    /** The problem's one line, or the status where there is none. */
    private static String detail(HttpResponse<byte[]> answer) {
        try {
            String detail = JSON.readTree(answer.body()).path("detail").asText("");
            return detail.isEmpty() ? "status " + answer.statusCode() : detail;
        } catch (IOException e) {
            return "status " + answer.statusCode();
        }
    }
}
