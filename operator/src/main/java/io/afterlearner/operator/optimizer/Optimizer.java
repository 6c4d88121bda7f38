package io.afterlearner.operator.optimizer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.operator.optimizer.OptimizerException.Kind;
import io.afterlearner.schemas.StudySpec;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The optimizer's REST API of studies. Every method throws an {@link OptimizerException} if the optimizer does not do it. */
public final class Optimizer {
    private static final String STUDIES = "/v1/studies";
    private static final int NOT_FOUND = 404;
    private static final int MAX_DETAIL = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RestClient rest;

    public Optimizer(RestClient rest) {
        this.rest = rest;
    }

    /** All studies that the operator's key may use, in one request. */
    public List<StudyView> list() {
        return parsed(sent("GET", "", null).body(), new TypeReference<List<StudyView>>() {});
    }

    /** Empty if there is no such study. */
    public Optional<StudyView> find(String study) {
        HttpResponse<byte[]> answer = answer("GET", path(study), null);
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        return Optional.of(parsed(checked(answer).body(), new TypeReference<StudyView>() {}));
    }

    /** The budget that a study was created with, before extensions. */
    public long firstBudget(String study) {
        byte[] body = sent("GET", path(study) + "/spec", null).body();
        return parsed(body, new TypeReference<JsonNode>() {})
                .path("optimizer")
                .path("budget")
                .asLong();
    }

    /** Creates a study; one that exists with the same spec stays as it is. */
    public StudyView create(StudySpec spec) {
        // Avro's own JSON of the record: the API takes the same fields by the same names.
        return parsed(sent("POST", "", spec.toString()).body(), new TypeReference<StudyView>() {});
    }

    /**
     * Sends a command.
     *
     * @param id a command with the same id acts once
     * @param budget the new total, for EXTEND
     */
    public void command(String study, String action, String id, String by, @Nullable Long budget) {
        ObjectNode command =
                JSON.createObjectNode().put("action", action).put("id", id).put("by", by);
        if (budget != null) {
            command.put("budget", budget);
        }
        sent("POST", path(study) + "/commands", command.toString());
    }

    /** Deletes a study that has ended; one that does not exist is deleted already. */
    public void delete(String study) {
        HttpResponse<byte[]> answer = answer("DELETE", path(study), null);
        if (answer.statusCode() != NOT_FOUND) {
            checked(answer);
        }
    }

    private static String path(String study) {
        return "/" + URLEncoder.encode(study, StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> sent(String method, String path, @Nullable String body) {
        return checked(answer(method, path, body));
    }

    private HttpResponse<byte[]> answer(String method, String path, @Nullable String body) {
        return rest.send(method, STUDIES + path, body);
    }

    private HttpResponse<byte[]> checked(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return answer;
        }
        String detail = detail(answer);
        if (status == 401 || status == 403) {
            throw new OptimizerException(
                    Kind.UNAUTHORIZED,
                    rest + " does not accept the operator's key (" + status + "): " + detail
                            + "; give it one with the roles operator and admin for the studies of its namespaces");
        }
        if (status == 408 || status == 429 || status >= 500) {
            throw rest.unreachable("status " + status + ", " + detail);
        }
        throw new OptimizerException(Kind.REFUSED, detail);
    }

    private static String detail(HttpResponse<byte[]> answer) {
        String text;
        try {
            text = JSON.readTree(answer.body()).path("detail").asText("");
        } catch (IOException e) {
            text = "";
        }
        String detail = text.isBlank() ? "status " + answer.statusCode() + " without a reason" : text;
        return detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) + "…" : detail;
    }

    private <T> T parsed(byte[] body, TypeReference<T> type) {
        try {
            return JSON.readValue(body, type);
        } catch (IOException e) {
            throw rest.unreachable(
                    "its answer is not what an optimizer says: " + e.getClass().getSimpleName());
        }
    }
}
