package io.afterlearner.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.schemas.RefusedException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Avro records as JSON: the same fields by the same names.
 *
 * <pre>{@code
 * JsonNode json = JsonRecords.parse(body);                             // strict: no duplicate keys, no trailing text
 * OnlineSpec online = JsonRecords.record(json, OnlineSpec.class, "online");
 * JsonNode back = JsonRecords.of(online);
 * }</pre>
 *
 * <p>A field with a default in its schema may be missing or null; any other field must be there, and no field that the
 * schema does not know. Values must have the field's type: no fraction for an integer, no number out of range, no null in a
 * list or map. A caller with defaults of its own fills them into the {@link ObjectNode} first.
 */
public final class JsonRecords {
    private static final ObjectMapper MAPPER = StrictJson.strict(new ObjectMapper());

    private JsonRecords() {}

    /** The record as JSON; null fields are omitted. */
    public static ObjectNode of(SpecificRecordBase record) {
        try {
            JsonNode json = MAPPER.readTree(record.toString());
            removeNulls(json);
            return (ObjectNode) json;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeNulls(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        json.forEach(JsonRecords::removeNulls);
    }

    /**
     * Reads JSON strictly.
     *
     * @throws RefusedException if it is no JSON, has a key twice or has text after its end
     */
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw JsonErrors.of(e);
        }
    }

    /**
     * The record in a JSON object.
     *
     * @param place path of the object within the whole input, for errors; empty if it is the whole
     * @throws RefusedException if it does not fit, with the path of the field
     */
    public static <T extends SpecificRecordBase> T record(@Nullable JsonNode json, Class<T> type, String place) {
        SpecificData data = new SpecificData(type.getClassLoader());
        return type.cast(new Reader(data).record(json, data.getSchema(type), place));
    }

    private record Reader(SpecificData data) {

        Object record(@Nullable JsonNode json, Schema schema, String place) {
            if (json == null || !json.isObject()) {
                throw bad(place, json, "an object");
            }
            json.fieldNames().forEachRemaining(name -> {
                if (schema.getField(name) == null) {
                    throw new RefusedException(
                            below(place, Problem.shown(name)), "is not a known field", "use one of " + names(schema));
                }
            });
            SpecificRecordBase record = (SpecificRecordBase) data.newRecord(null, schema);
            for (Schema.Field field : schema.getFields()) {
                record.put(field.pos(), field(json.get(field.name()), field, below(place, field.name())));
            }
            return record;
        }

        private static List<String> names(Schema schema) {
            return schema.getFields().stream().map(Schema.Field::name).toList();
        }

        private @Nullable Object field(@Nullable JsonNode json, Schema.Field field, String place) {
            if (json != null && !json.isNull()) {
                return value(json, field.schema(), place);
            }
            if (field.hasDefaultValue()) {
                return data.deepCopy(field.schema(), data.getDefaultValue(field));
            }
            if (field.schema().isNullable()) {
                return null;
            }
            throw new RefusedException(place, "is missing", "give one");
        }

        private Object value(JsonNode json, Schema schema, String place) {
            return switch (schema.getType()) {
                case UNION -> value(json, only(schema), place);
                case RECORD -> record(json, schema, place);
                case ARRAY -> array(json, schema.getElementType(), place);
                case MAP -> map(json, schema.getValueType(), place);
                case ENUM -> symbol(json, schema, place);
                case STRING ->
                    require(json.isTextual(), json, place, "a string").textValue();
                case BOOLEAN ->
                    require(json.isBoolean(), json, place, "true or false").booleanValue();
                case DOUBLE ->
                    require(isFinite(json), json, place, "a finite number").doubleValue();
                case INT ->
                    require(isWhole(json) && json.canConvertToInt(), json, place, "a whole number of 32 bits")
                            .intValue();
                case LONG ->
                    require(isWhole(json) && json.canConvertToLong(), json, place, "a whole number of 64 bits")
                            .longValue();
                default -> throw new IllegalStateException(place + " has a type that JSON does not carry: " + schema);
            };
        }

        private static boolean isFinite(JsonNode json) {
            return json.isNumber() && Double.isFinite(json.doubleValue());
        }

        private static boolean isWhole(JsonNode json) {
            return json.isNumber() && json.canConvertToExactIntegral();
        }

        /** The one type of an optional field. */
        private static Schema only(Schema union) {
            List<Schema> types = union.getTypes().stream()
                    .filter(type -> type.getType() != Schema.Type.NULL)
                    .toList();
            if (types.size() != 1) {
                throw new IllegalStateException("JSON does not say which type is meant: " + union);
            }
            return types.get(0);
        }

        private List<Object> array(JsonNode json, Schema element, String place) {
            require(json.isArray(), json, place, "a list");
            List<Object> values = new ArrayList<>(json.size());
            for (JsonNode each : json) {
                values.add(value(each, element, place + "[" + values.size() + "]"));
            }
            return values;
        }

        private Map<String, Object> map(JsonNode json, Schema valueType, String place) {
            require(json.isObject(), json, place, "an object");
            Map<String, Object> values = new LinkedHashMap<>();
            json.properties()
                    .forEach(entry -> values.put(
                            entry.getKey(), value(entry.getValue(), valueType, below(place, entry.getKey()))));
            return values;
        }

        private Object symbol(JsonNode json, Schema schema, String place) {
            require(
                    json.isTextual() && schema.hasEnumSymbol(json.textValue()),
                    json,
                    place,
                    "one of " + schema.getEnumSymbols());
            return data.createEnum(json.textValue(), schema);
        }

        private static String below(String place, String name) {
            return place.isEmpty() ? name : place + "." + name;
        }

        private static JsonNode require(boolean fine, JsonNode json, String place, String wanted) {
            if (!fine) {
                throw bad(place, json, wanted);
            }
            return json;
        }

        private static RefusedException bad(String place, @Nullable JsonNode json, String wanted) {
            return new RefusedException(
                    place,
                    (place.isEmpty() ? "the body is " : "is ")
                            + JsonErrors.shown(json, JsonErrors.MAX_VALUE_CHARACTERS),
                    "give " + wanted);
        }
    }
}
