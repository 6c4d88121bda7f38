package io.afterlearner.local.cli.serving;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.afterlearner.local.access.Credentials;
import io.afterlearner.local.stack.Exchange;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The feedback service's requests about units. */
record UnitRequests(URI service, String study) {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader ANSWER =
            JSON.readerFor(Answer.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Records that stay on a topic. */
    record Kept(String topic, String holds, @Nullable String goneBy) {}

    /** What the service did, and what stays. */
    record Answer(
            String study,
            boolean forgotten,
            List<String> pseudonyms,
            List<String> assignments,
            String refusedUntil,
            List<Kept> kept,
            List<String> telemetry) {}

    /**
     * Forgets a unit.
     *
     * @throws InputException if the service refuses the request
     * @throws StackException if the service failed or does not answer
     */
    Answer forget(String unit, boolean dryRun) throws InterruptedException {
        String body =
                JSON.createObjectNode().put("unit", unit).put("dryRun", dryRun).toString();
        String path = "/v1/studies/" + URLEncoder.encode(study, StandardCharsets.UTF_8) + "/units/forget";
        HttpRequest request = Credentials.ofProcess()
                .request(URI.create(service.toString().replaceAll("/+$", "") + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> answer = Exchange.send(request, TIMEOUT);
            if (answer.statusCode() / 100 == 2) {
                return ANSWER.readValue(answer.body());
            }
            throw refused(answer);
        } catch (IOException e) {
            throw new StackException(
                    "the feedback service at " + service + " gave no answer (" + Exchange.reason(e)
                            + "); it is not certain that the unit is forgotten: run the same command again",
                    e);
        }
    }

    private RuntimeException refused(HttpResponse<byte[]> answer) throws IOException {
        String detail = JSON.readTree(answer.body()).path("detail").asText("status " + answer.statusCode());
        return switch (answer.statusCode()) {
            case 401, 403 ->
                new InputException(
                        "afterlearner: the feedback service refused the request: " + detail,
                        "set " + Credentials.KEY + " or " + Credentials.KEY_FILE + " to a key of the role admin");
            case 400, 404 -> new InputException("afterlearner: the feedback service refused the request: " + detail);
            default -> new StackException("the feedback service failed: " + detail);
        };
    }
}
