package io.afterlearner.optimizer.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Records as JSON, field by field: one with a default may be missing, one without may not, and no other is known. */
final class JsonRecords {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonRecords() {}

    static JsonNode of(SpecificRecordBase record) {
        try {
            return MAPPER.readTree(record.toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The record in a JSON object.
     *
     * @param place of the object, for messages
     * @throws IllegalArgumentException if it does not fit; one line: where, what is wrong, how to fix it
     */
    static <T extends SpecificRecordBase> T record(JsonNode json, Class<T> type, String place) {
        SpecificData data = new SpecificData(type.getClassLoader());
        return type.cast(record(data, json, data.getSchema(type), place));
    }

    private static Object record(SpecificData data, JsonNode json, Schema schema, String place) {
        if (!json.isObject()) {
            throw bad(place, json, "an object");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (schema.getField(name) == null) {
                throw new IllegalArgumentException(place + "." + name + " is no field: known are "
                        + schema.getFields().stream().map(Schema.Field::name).toList());
            }
        });
        SpecificRecordBase record = (SpecificRecordBase) data.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), field(data, json.get(field.name()), field, place + "." + field.name()));
        }
        return record;
    }

    private static @Nullable Object field(
            SpecificData data, @Nullable JsonNode json, Schema.Field field, String place) {
        if (json != null && !json.isNull()) {
            return value(data, json, field.schema(), place);
        }
        if (!field.hasDefaultValue()) {
            throw new IllegalArgumentException(place + " is missing: give one");
        }
        return data.deepCopy(field.schema(), data.getDefaultValue(field));
    }

    private static Object value(SpecificData data, JsonNode json, Schema schema, String place) {
        return switch (schema.getType()) {
            case UNION -> value(data, json, schema.getTypes().get(1), place);
            case RECORD -> record(data, json, schema, place);
            case ARRAY -> array(data, json, schema.getElementType(), place);
            case ENUM -> symbol(data, json, schema, place);
            case STRING -> json.isTextual() ? json.textValue() : refuse(place, json, "a string");
            case BOOLEAN -> json.isBoolean() ? (Object) json.booleanValue() : refuse(place, json, "true or false");
            case DOUBLE -> json.isNumber() ? (Object) json.doubleValue() : refuse(place, json, "a number");
            case LONG ->
                json.canConvertToExactIntegral() ? (Object) json.longValue() : refuse(place, json, "a whole number");
            default -> throw new IllegalStateException(place + " is of a kind no record has: " + schema);
        };
    }

    private static Object array(SpecificData data, JsonNode json, Schema element, String place) {
        if (!json.isArray()) {
            throw bad(place, json, "a list");
        }
        List<Object> values = new ArrayList<>();
        for (Iterator<JsonNode> each = json.elements(); each.hasNext(); ) {
            values.add(value(data, each.next(), element, place + "[" + values.size() + "]"));
        }
        return values;
    }

    private static Object symbol(SpecificData data, JsonNode json, Schema schema, String place) {
        if (!json.isTextual() || !schema.hasEnumSymbol(json.textValue())) {
            throw bad(place, json, "one of " + schema.getEnumSymbols());
        }
        return data.createEnum(json.textValue(), schema);
    }

    private static Object refuse(String place, JsonNode json, String wanted) {
        throw bad(place, json, wanted);
    }

    private static IllegalArgumentException bad(String place, JsonNode json, String wanted) {
        String text = json.toString();
        return new IllegalArgumentException(
                place + " cannot be " + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + ": give " + wanted);
    }
}
