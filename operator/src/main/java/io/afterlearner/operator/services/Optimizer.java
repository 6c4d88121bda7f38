package io.afterlearner.operator.services;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.schemas.StudySpec;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The optimizer's REST API of studies. Every method throws an {@link ServiceException} if the optimizer does not do it. */
public final class Optimizer {
    private static final String STUDIES = "/v1/studies";
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RestClient rest;

    public Optimizer(RestClient rest) {
        this.rest = rest;
    }

    /** All studies that the operator's key may use, in one request. */
    public List<StudyView> list() {
        return rest.parsed(sent("GET", "", null).body(), new TypeReference<List<StudyView>>() {});
    }

    /** Empty if there is no such study. */
    public Optional<StudyView> find(String study) {
        HttpResponse<byte[]> answer = answer("GET", path(study), null);
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        return Optional.of(rest.parsed(rest.checked(answer).body(), new TypeReference<StudyView>() {}));
    }

    /** The budget that a study was created with, before extensions. */
    public long firstBudget(String study) {
        byte[] body = sent("GET", path(study) + "/spec", null).body();
        return rest.parsed(body, new TypeReference<JsonNode>() {})
                .path("optimizer")
                .path("budget")
                .asLong();
    }

    /** Creates a study; one that exists with the same spec stays as it is. */
    public StudyView create(StudySpec spec) {
        // Avro's own JSON of the record: the API takes the same fields by the same names.
        return rest.parsed(sent("POST", "", spec.toString()).body(), new TypeReference<StudyView>() {});
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
            rest.checked(answer);
        }
    }

    private static String path(String study) {
        return "/" + URLEncoder.encode(study, StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> sent(String method, String path, @Nullable String body) {
        return rest.checked(answer(method, path, body));
    }

    private HttpResponse<byte[]> answer(String method, String path, @Nullable String body) {
        return rest.send(method, STUDIES + path, body);
    }
}
