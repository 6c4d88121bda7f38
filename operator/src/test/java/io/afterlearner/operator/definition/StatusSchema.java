package io.afterlearner.operator.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/** The OpenAPI schema of the status, made from the record that the operator writes. */
final class StatusSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("Observed.observedGeneration", "Generation of the spec that this status is about."),
            Map.entry("Observed.phase", "Pending, Invalid, Running, Paused, Finished, Stopped, Missing or Deleting."),
            Map.entry("Observed.study", "Id of the study at the optimizer."),
            Map.entry("Observed.specDigest", "Digest of what cannot be changed once the study is created."),
            Map.entry("Observed.suspended", "Whether the study is paused because of spec.suspend."),
            Map.entry("Observed.figures", "Figures of the search; losses are rounded to six digits."),
            Map.entry("Figures.progress", "Scored candidates and budget, such as 120/300."),
            Map.entry("Figures.baselineLoss", "Loss of candidate 0, the shipped model, on the search split."),
            Map.entry("Figures.best", "Number of the best candidate; 0 is the shipped model."),
            Map.entry("Figures.bestLoss", "Loss of the best candidate on the search split."),
            Map.entry("Observed.verdict", "What the test split shows about the best candidate."),
            Map.entry("TestVerdict.outcome", "kept, improved, worse or inconclusive."),
            Map.entry("TestVerdict.low", "Lower end of the gain's 95 % interval."),
            Map.entry("TestVerdict.high", "Upper end of the gain's 95 % interval."),
            Map.entry("Observed.champion", "Candidate that production serves, in an online study."),
            Map.entry("Observed.output", "The Job that writes the result, in the operator's namespace."));

    private StatusSchema() {}

    static ObjectNode status() {
        return object(Observed.class);
    }

    private static ObjectNode object(Class<?> type) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent each : type.getRecordComponents()) {
            ObjectNode property = JSON.objectNode();
            String text = TEXTS.get(type.getSimpleName() + "." + each.getName());
            if (text != null) {
                property.put("description", text);
            }
            properties.set(each.getName(), property.setAll(typed(each)));
        }
        return schema;
    }

    private static ObjectNode typed(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == Long.class || type == long.class) {
            return JSON.objectNode().put("type", "integer").put("format", "int64");
        }
        if (type == Double.class) {
            return JSON.objectNode().put("type", "number");
        }
        if (type == Boolean.class) {
            return JSON.objectNode().put("type", "boolean");
        }
        if (type == List.class) {
            return conditions();
        }
        return type.isRecord() ? object(type) : JSON.objectNode().put("type", "string");
    }

    private static ObjectNode conditions() {
        ObjectNode items = object(Condition.class);
        List.of("type", "status", "reason", "message", "lastTransitionTime").forEach(items.putArray("required")::add);
        ((ObjectNode) items.path("properties").path("lastTransitionTime")).put("format", "date-time");
        ObjectNode schema = JSON.objectNode().put("type", "array").put("x-kubernetes-list-type", "map");
        schema.putArray("x-kubernetes-list-map-keys").add("type");
        schema.set("items", items);
        return schema;
    }
}
