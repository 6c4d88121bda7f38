package io.afterlearner.local.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.local.access.Credentials;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The REST API of a running optimizer. */
public final class OptimizerClient {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    /** It answers 503 while it reads its topics after a start. */
    private static final int MAX_TRIES = 100;

    private static final long RETRY_AFTER_MILLIS = 200;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_KEY = 401;
    private static final int NO_RIGHT = 403;
    private static final int TOO_MANY = 429;
    private static final int NOT_READY = 503;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader PROGRESS = JSON.readerFor(StudyProgress.class)
            .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final String TRACEPARENT = Objects.requireNonNullElse(System.getenv("TRACEPARENT"), "");
    /** Version 00 of the W3C trace context. */
    private static final Pattern TRACE_CONTEXT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final String http;

    OptimizerClient(String http) {
        this.http = http;
    }

    /**
     * Progress of a study; empty while the optimizer does not know the study or does not answer, as when it restarts.
     *
     * @throws InputException if the optimizer does not accept the key
     */
    public Optional<StudyProgress> progress(String study) throws InterruptedException {
        HttpRequest request = request("/" + encoded(study)).GET().build();
        try {
            HttpResponse<byte[]> answer = Exchange.send(request, REQUEST_TIMEOUT);
            refuseKey(answer);
            return answer.statusCode() == OK ? Optional.of(PROGRESS.readValue(answer.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Creates a study. Does nothing if it exists with the same spec.
     *
     * @return whether it is new
     * @throws InputException if the optimizer refuses it; the message has the reason
     */
    public boolean create(StudySpec spec) throws InterruptedException {
        // Avro's own JSON of the record: the API takes the same fields by the same names.
        return post("", spec.toString()) == CREATED;
    }

    /**
     * Sends a command to a study.
     *
     * @param budget the new total for EXTEND; ignored otherwise
     * @throws InputException if the state of the study does not allow it; the message has the reason
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

    /**
     * Asks once more for the verdict on a study that has ended; does nothing if there is one.
     *
     * @throws StackException if the study has nothing to score; the message has the reason
     */
    public void askForVerdict(String study) throws InterruptedException {
        post("/" + encoded(study) + "/verdict", "{}");
    }

    /**
     * Deletes a study that has ended.
     *
     * @throws InputException if it has not ended; the message has the reason
     */
    public void delete(String study) throws InterruptedException {
        send(request("/" + encoded(study)).DELETE().build());
    }

    /** A request in the trace of the pipeline that runs this command, if that sets TRACEPARENT. */
    private int post(String path, String body) throws InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (TRACE_CONTEXT.matcher(TRACEPARENT).matches()) {
            request.header("traceparent", TRACEPARENT);
        }
        return send(request.build());
    }

    /** Returns the status. Sending a request twice does no harm: a spec is idempotent and a command carries its id. */
    private int send(HttpRequest request) throws InterruptedException {
        String problem = "";
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            try {
                HttpResponse<byte[]> answer = Exchange.send(request, REQUEST_TIMEOUT);
                if (answer.statusCode() / 100 == 2) {
                    return answer.statusCode();
                }
                refuseKey(answer);
                problem = detail(answer);
                refuse(answer.statusCode(), problem);
            } catch (IOException e) {
                problem = "no answer (" + Exchange.reason(e) + ")";
            }
            Thread.sleep(RETRY_AFTER_MILLIS);
        }
        throw new StackException("the optimizer at " + http + " does not accept requests: " + problem);
    }

    /**
     * @throws InputException if the user has to change the request
     * @throws StackException if the optimizer failed
     */
    private static void refuse(int status, String problem) {
        if (status / 100 == 4 && status != TOO_MANY) {
            throw new InputException("afterlearner: the optimizer refused the request: " + problem);
        }
        if (status != NOT_READY && status != TOO_MANY) {
            throw new StackException("the optimizer failed: " + problem);
        }
    }

    private static void refuseKey(HttpResponse<byte[]> answer) {
        if (answer.statusCode() == NO_KEY || answer.statusCode() == NO_RIGHT) {
            throw new InputException(
                    "afterlearner: the optimizer refused the request: " + detail(answer),
                    "set " + Credentials.KEY + " or " + Credentials.KEY_FILE + " to a key with this right");
        }
    }

    private HttpRequest.Builder request(String path) {
        return Credentials.ofProcess().request(URI.create(http + "/v1/studies" + path));
    }

    private static String encoded(String study) {
        return URLEncoder.encode(study, StandardCharsets.UTF_8);
    }

    /** The detail of problem+json, or else the status. */
    private static String detail(HttpResponse<byte[]> answer) {
        try {
            String detail = JSON.readTree(answer.body()).path("detail").asText("");
            return detail.isEmpty() ? "status " + answer.statusCode() : detail;
        } catch (IOException e) {
            return "status " + answer.statusCode();
        }
    }
}
