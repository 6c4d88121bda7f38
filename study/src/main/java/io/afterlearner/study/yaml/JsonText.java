package io.afterlearner.study.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Converts a YAML value to JSON text, the form in which a loss gets its settings. */
public final class JsonText {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_VALUES = 100_000;

    private int values;

    private JsonText() {}

    public static String of(Yaml value) {
        return new JsonText().node(value, 0).toString();
    }

    private JsonNode node(Yaml value, int depth) {
        values++;
        if (depth > MAX_DEPTH) {
            throw value.error("must be nested at most " + MAX_DEPTH + " levels deep");
        }
        if (values > MAX_VALUES) {
            throw value.error("must have at most " + MAX_VALUES + " values");
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value.isMapping()) {
            ObjectNode object = json.objectNode();
            value.mapping().forEach((key, item) -> object.set(key, node(item, depth + 1)));
            return object;
        }
        if (value.isList()) {
            ArrayNode array = json.arrayNode();
            value.list().forEach(item -> array.add(node(item, depth + 1)));
            return array;
        }
        if (value.isNull()) {
            return json.nullNode();
        }
        if (value.isBool()) {
            return json.booleanNode(value.bool());
        }
        return value.isNumber() ? number(value) : json.textNode(value.text());
    }

    private static JsonNode number(Yaml value) {
        double number = value.number();
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
        return whole ? JsonNodeFactory.instance.numberNode((long) number) : JsonNodeFactory.instance.numberNode(number);
    }
}
