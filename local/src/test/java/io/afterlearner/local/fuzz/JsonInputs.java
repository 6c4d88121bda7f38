package io.afterlearner.local.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies that are no JSON, or JSON that is hard to read, or valid JSON with hostile values. */
final class JsonInputs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEP = 20_000;
    private static final int MANY = 100_000;

    private final Random random;
    private final HostileValues hostile;

    JsonInputs(Random random) {
        this.random = random;
        this.hostile = new HostileValues(random);
    }

    /** Something that a reader of JSON may meet. */
    byte[] body() {
        return switch (random.nextInt(14)) {
            case 0 -> bytes("[".repeat(DEEP));
            case 1 -> bytes("{\"a\":".repeat(DEEP));
            case 2 -> bytes("[".repeat(DEEP) + "]".repeat(DEEP));
            case 3 -> hostile.bytes(3_000);
            case 4 -> bytes("{\"study\":\"" + "a".repeat(1_000_000) + "\"}");
            case 5 -> bytes("{\"value\":" + "9".repeat(MANY) + "}");
            case 6 -> bytes("{\"value\":1e" + "9".repeat(1 + random.nextInt(20)) + "}");
            case 7 -> bytes("{\"value\":1,\"value\":2}");
            case 8 -> bytes("\ufeff{} trailing");
            case 9 -> bytes("null");
            case 10 -> bytes("[" + "null,".repeat(random.nextInt(2_000)) + "null]");
            case 11 -> bytes("{\"\\ud800\":\"\\u0000\\udfff\"}");
            case 12 -> new byte[0];
            default -> written(any(3));
        };
    }

    /** A copy with one value, or one more key, that does not belong there. */
    JsonNode spoilt(JsonNode valid) {
        JsonNode copy = valid.deepCopy();
        List<JsonNode> containers = new ArrayList<>();
        collect(copy, containers);
        JsonNode at = containers.get(random.nextInt(containers.size()));
        if (at instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            boolean isNew = names.isEmpty() || random.nextInt(10) == 0;
            object.set(isNew ? hostile.text() : names.get(random.nextInt(names.size())), any(2));
        } else if (at instanceof ArrayNode array) {
            array.add(any(2));
        }
        return copy;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private JsonNode any(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(hostile.whole());
            case 3 -> NODES.rawValueNode(new RawValue(String.valueOf(hostile.number())));
            case 4 -> NODES.rawValueNode(new RawValue("1e400"));
            case 5 -> NODES.rawValueNode(new RawValue("123456789012345678901234567890"));
            case 6, 7 -> NODES.textNode(hostile.text());
            case 8 -> NODES.arrayNode();
            case 9 -> NODES.objectNode().set(hostile.text(), any(depth - 1));
            case 10 -> NODES.arrayNode().add(any(depth - 1)).add(any(depth - 1));
            default -> many();
        };
    }

    private ArrayNode many() {
        ArrayNode array = NODES.arrayNode();
        Arrays.stream(new int[random.nextBoolean() ? MANY : 1_001]).forEach(array::add);
        return array;
    }

    /** As UTF-8, in which unpaired surrogates stay what they are. */
    static byte[] written(JsonNode json) {
        try {
            return HostileValues.encoded(JSON.writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
