package io.afterlearner.optimizer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.http.JsonRecords;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.StudySpec;

/** A StudySpec from JSON with the same field names. The API has defaults for fields that have none in the schema. */
final class SpecJson {
    static final String EXAMPLE = """
            {"study":"tune","aleph":[{"tensor":"w","low":-1,"high":1,"initial":[0,0]}],
             "loss":{"type":"mse"},"optimizer":{"budget":100}}
            """;

    private static final JsonNode GROUP = JsonRecords.parse("""
            {"transform":"VALUE","per":"ELEMENT","axis":0,"kind":"REAL","log":false}
            """);
    private static final JsonNode OPTIMIZER = JsonRecords.parse("""
            {"type":"auto","parallelism":1,"seed":1}
            """);
    private static final JsonNode EVALUATION = JsonRecords.parse("""
            {"timeoutMillis":60000,"waitMillis":3600000,"pool":"default"}
            """);

    private SpecJson() {}

    /**
     * The spec in a body. Adds the defaults to the body.
     *
     * @throws RefusedException if it is no spec, with the path of the field
     */
    static StudySpec spec(JsonNode body, long nowMillis) {
        if (body instanceof ObjectNode json) {
            addDefaults(json, nowMillis);
        }
        StudySpec spec = JsonRecords.record(body, StudySpec.class, "");
        if (spec.getLoss() == null && spec.getOnline() == null) {
            throw new RefusedException("loss", "is missing", "give loss, or online for an online study");
        }
        return spec;
    }

    private static void addDefaults(ObjectNode json, long nowMillis) {
        if (!json.hasNonNull("name")) {
            json.set("name", json.get("study"));
        }
        if (!json.hasNonNull("createdAtMillis")) {
            json.put("createdAtMillis", nowMillis);
        }
        if (!json.hasNonNull("evaluation")) {
            json.putObject("evaluation");
        }
        addDefaults(json.get("evaluation"), EVALUATION);
        addDefaults(json.path("optimizer"), OPTIMIZER);
        for (JsonNode group : json.path("aleph")) {
            addDefaults(group, GROUP);
            if (group instanceof ObjectNode object && !group.hasNonNull("shape")) {
                object.putArray("shape").add(group.path("initial").size());
            }
        }
    }

    private static void addDefaults(JsonNode json, JsonNode defaults) {
        if (json instanceof ObjectNode object) {
            defaults.properties().forEach(each -> {
                if (!object.hasNonNull(each.getKey())) {
                    object.set(each.getKey(), each.getValue());
                }
            });
        }
    }
}
