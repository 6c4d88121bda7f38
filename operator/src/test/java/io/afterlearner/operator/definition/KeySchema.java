package io.afterlearner.operator.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.study.keys.StudyKey;
import io.afterlearner.study.keys.StudyKey.Presence;
import io.afterlearner.study.keys.StudyKeys;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The OpenAPI schema of the keys of a study.yaml, made from the table of keys. It has no defaults: a default that the server writes would
 * fight with what is applied. A file is always a mapping with {@code uri}, and {@code initial} always a list, because a schema of Kubernetes
 * has one type for each value.
 */
final class KeySchema {
    private static final int MAX_TEXT = 512;
    private static final int MAX_WORD = 63;
    private static final int MAX_URI = 2048;
    private static final int MAX_ITEMS = 1000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ADDRESS = "^([sS]3|[hH][tT][tT][pP][sS]?)://.+|^file:.+";

    /** Where the table's range begins with limits of a number, and goes on with words or not at all. */
    private static final Pattern FROM_TO = Pattern.compile("^(-?[0-9.]+) to (-?[0-9.]+)( [a-z]+)?($|[,;].*)");

    private static final Pattern LEAST =
            Pattern.compile("^(above|at least) ([0-9.]+)( and below ([0-9.]+))?($|[,;].*)");
    private static final Pattern MOST_ITEMS = Pattern.compile("^(?:[0-9]+ to|at most) ([0-9]+)\\b.*");
    private static final Pattern WORDS = Pattern.compile("^[a-z0-9-]+(, [a-z0-9-]+)+$");

    private KeySchema() {}

    /** All keys but the name. */
    static ObjectNode spec() {
        return object("");
    }

    private static ObjectNode object(String section) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = JSON.objectNode();
        List<StudyKey> keys = children(section).toList();
        keys.forEach(key -> properties.set(key.name(), described(key)));
        List<String> required = keys.stream()
                .filter(key -> key.presence() == Presence.REQUIRED)
                .map(StudyKey::name)
                .toList();
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        schema.set("properties", properties);
        return schema;
    }

    private static Stream<StudyKey> children(String section) {
        return StudyKeys.all().stream()
                .filter(key -> !key.path().equals("name"))
                .filter(key -> section(key.path()).equals(section));
    }

    private static String section(String path) {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    private static ObjectNode described(StudyKey key) {
        StringBuilder text = new StringBuilder(key.description());
        if (key.presence() == Presence.DEFAULT) {
            text.append(" Default: ").append(key.value()).append('.');
        }
        if (!key.range().isEmpty()) {
            text.append(" Range: ").append(key.range()).append('.');
        }
        ObjectNode schema = JSON.objectNode().put("description", text.toString());
        schema.setAll(typed(key));
        Map<String, String> rules = Rules.AT.getOrDefault(key.path(), Map.of());
        Rules.add(schema, rules);
        return schema;
    }

    private static ObjectNode typed(StudyKey key) {
        return switch (key.path()) {
            case "aleph[].initial" -> array(number(), 100_000);
            case "aleph[].choices" -> array(number(), most(key));
            case "evaluation.axes" -> axes();
            case "loss" -> object("loss").put("x-kubernetes-preserve-unknown-fields", true);
            default -> byType(key);
        };
    }

    private static ObjectNode byType(StudyKey key) {
        return switch (key.type()) {
            case "file" -> file();
            case "word" -> word(key);
            case "whole number" ->
                limited(JSON.objectNode().put("type", "integer").put("format", "int64"), key);
            case "number" -> limited(number(), key);
            case "true or false" -> JSON.objectNode().put("type", "boolean");
            case "duration" -> text(20).put("pattern", "^[0-9]{1,9}(ms|s|m|h|d)$");
            case "[low, high]" -> array(number(), 2).put("minItems", 2);
            case "numbers" -> array(number(), OnlineRules.MAX_RAMP_STEPS);
            case "list" -> list(key);
            case "mapping" -> object(key.path());
            case "whole number or auto" -> wholeOrAuto();
            case "text" -> text(MAX_TEXT);
            default -> throw new IllegalArgumentException("no schema for the type of " + key);
        };
    }

    private static ObjectNode text(int most) {
        return JSON.objectNode().put("type", "string").put("minLength", 1).put("maxLength", most);
    }

    private static ObjectNode number() {
        return JSON.objectNode().put("type", "number");
    }

    private static ObjectNode array(ObjectNode items, int most) {
        ObjectNode schema = JSON.objectNode().put("type", "array").put("maxItems", most);
        schema.put("x-kubernetes-list-type", "atomic");
        schema.set("items", items);
        return schema;
    }

    private static ObjectNode list(StudyKey key) {
        ObjectNode items = object(key.path() + "[]");
        Rules.add(items, Rules.AT.getOrDefault(key.path() + "[]", Map.of()));
        return array(items, most(key));
    }

    private static int most(StudyKey key) {
        Matcher most = MOST_ITEMS.matcher(key.range());
        return most.matches() ? Integer.parseInt(most.group(1)) : MAX_ITEMS;
    }

    private static ObjectNode file() {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        schema.putArray("required").add("uri");
        ObjectNode properties = schema.putObject("properties");
        properties.set(
                "uri",
                text(MAX_URI)
                        .put("pattern", ADDRESS)
                        .put(
                                "description",
                                "An s3://, https:// or http:// address, or a file:/// address below a folder that"
                                        + " operator and evaluators mount."));
        properties.set(
                "sha256",
                text(64).put("pattern", "^[0-9a-fA-F]{64}$")
                        .put("description", "SHA-256 that the file must have; a file with it is fetched once."));
        return schema;
    }

    private static ObjectNode word(StudyKey key) {
        String words = key.range().replaceFirst(";.*", "");
        ObjectNode schema = text(MAX_WORD);
        if (WORDS.matcher(words).matches()) {
            schema = JSON.objectNode().put("type", "string").put("maxLength", MAX_WORD);
            Stream.of(words.split(", ", -1)).forEach(schema.putArray("enum")::add);
        }
        return schema;
    }

    private static ObjectNode wholeOrAuto() {
        ObjectNode schema = JSON.objectNode().put("x-kubernetes-int-or-string", true);
        schema.putArray("anyOf")
                .add(JSON.objectNode().put("type", "integer"))
                .add(JSON.objectNode().put("type", "string"));
        return schema.put("pattern", "^auto$").put("minimum", 1).put("maximum", 4096);
    }

    private static ObjectNode axes() {
        ObjectNode schema = JSON.objectNode().put("type", "object").put("maxProperties", 64);
        schema.set(
                "additionalProperties",
                JSON.objectNode().put("type", "integer").put("minimum", 0).put("maximum", 31));
        return schema;
    }

    private static ObjectNode limited(ObjectNode schema, StudyKey key) {
        Matcher fromTo = FROM_TO.matcher(key.range());
        if (fromTo.matches()) {
            bound(schema, "minimum", fromTo.group(1));
            bound(schema, "maximum", fromTo.group(2));
        }
        Matcher least = LEAST.matcher(key.range());
        if (least.matches()) {
            bound(schema, "minimum", least.group(2));
            if (least.group(1).equals("above")) {
                schema.put("exclusiveMinimum", true);
            }
            if (least.group(4) != null) {
                bound(schema, "maximum", least.group(4));
                schema.put("exclusiveMaximum", true);
            }
        }
        return schema;
    }

    private static void bound(ObjectNode schema, String limit, String number) {
        if (number.contains(".")) {
            schema.put(limit, Double.parseDouble(number));
        } else {
            schema.put(limit, Long.parseLong(number));
        }
    }
}
