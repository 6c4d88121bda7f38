package io.afterlearner.operator.resource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.evaluation.data.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a {@link Study}: the keys of a study.yaml except {@code name}, and those that only a Study has. It stays JSON, because
 * the module study reads and checks the keys.
 */
public record Desired(@JsonValue ObjectNode json) {
    public static final String SUSPEND = "suspend";
    public static final String OUTPUT = "output";
    private static final int DIGITS = 16;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Desired {}

    /** Whether the study is to be paused; null if the spec does not say. */
    public @Nullable Boolean suspend() {
        JsonNode value = json.path(SUSPEND);
        return value.isBoolean() ? (Boolean) value.booleanValue() : null;
    }

    /** Where the result is to be written; null if nowhere. */
    public @Nullable String outputUri() {
        JsonNode uri = json.path(OUTPUT).path("uri");
        return uri.isTextual() ? uri.textValue() : null;
    }

    /** The budget that the spec names. */
    public OptionalLong budget() {
        JsonNode budget = json.path("optimizer").path("budget");
        return budget.canConvertToLong() ? OptionalLong.of(budget.longValue()) : OptionalLong.empty();
    }

    public boolean isOnline() {
        return json.has("online");
    }

    /** Whether the verdict of a test split is to be expected. */
    public boolean hasTest() {
        return json.path("data").has("test");
    }

    /** A digest of what cannot be changed once the optimizer has the study: all keys of a study.yaml but the budget. */
    public String fixedDigest() {
        ObjectNode keys = studyKeys();
        if (keys.get("optimizer") instanceof ObjectNode optimizer) {
            optimizer.remove("budget");
            if (optimizer.isEmpty()) {
                keys.remove("optimizer");
            }
        }
        byte[] bytes = sorted(keys).toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Digest.sha256().digest(bytes)).substring(0, DIGITS);
    }

    /** The order of keys says nothing, and servers change it. */
    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            new TreeSet<>(names(node)).forEach(key -> object.set(key, sorted(node.path(key))));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(sorted(item)));
            return array;
        }
        return node.isNumber() ? JsonNodeFactory.instance.numberNode(node.doubleValue()) : node;
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** The keys of a study.yaml. */
    public ObjectNode studyKeys() {
        return json.deepCopy().remove(List.of(SUSPEND, OUTPUT));
    }
}
