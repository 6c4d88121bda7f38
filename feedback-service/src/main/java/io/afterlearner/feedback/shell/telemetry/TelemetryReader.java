package io.afterlearner.feedback.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a mapping names out of a record of the user's own. JSON as UTF-8; Avro as bare bytes, with a single-object
 * header, or with a schema registry's five bytes in front. Not thread-safe.
 */
final class TelemetryValues {
    private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);
    private static final int SINGLE_OBJECT_BYTES = 10;
    private static final int REGISTRY_BYTES = 5;

    /** A record that the mapping does not fit; one line that says where. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message);
        }
    }

    private final Telemetry mapping;
    private final @Nullable Schema schema;
    private @Nullable BinaryDecoder decoder;

    /** @throws IllegalArgumentException if the mapping's schema is none; one line */
    TelemetryValues(Telemetry mapping) {
        this.mapping = mapping;
        this.schema = mapping.getFormat() == TelemetryFormat.AVRO ? schema(mapping) : null;
    }

    private static Schema schema(Telemetry mapping) {
        if (mapping.getSchema$() == null) {
            throw new IllegalArgumentException("telemetry " + mapping.getTopic() + ": format avro needs a schema");
        }
        try {
            return new Schema.Parser().parse(mapping.getSchema$());
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(
                    "telemetry " + mapping.getTopic() + ": the schema is none: " + e.getMessage(), e);
        }
    }

    /** The record, to be asked for fields. */
    Fields read(byte[] bytes) throws Unfit {
        return schema == null ? json(bytes) : avro(bytes, schema);
    }

    private static Fields json(byte[] bytes) throws Unfit {
        try {
            JsonNode root = JSON.readTree(bytes);
            return path -> {
                JsonNode at = root;
                for (String step : path.split("\\.", -1)) {
                    at = at.path(step);
                }
                return value(at);
            };
        } catch (JsonProcessingException e) {
            throw new Unfit("not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Unfit("not JSON: " + e.getMessage());
        }
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isNumber()) {
            return node.numberValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isTextual() ? node.textValue() : null;
    }

    private Fields avro(byte[] bytes, Schema writer) throws Unfit {
        GenericRecord root = record(bytes, writer)
                .orElseThrow(() -> new Unfit("not an Avro " + writer.getFullName() + " of the mapping's schema"));
        return path -> {
            Object at = root;
            for (String step : path.split("\\.", -1)) {
                at = at instanceof GenericRecord record && record.hasField(step) ? record.get(step) : null;
            }
            return at instanceof CharSequence text ? text.toString() : at;
        };
    }

    /** What is in front of the record is found out: of the ways to read it, the one that fits to the last byte. */
    private Optional<GenericRecord> record(byte[] bytes, Schema writer) {
        if (isSingleObject(bytes, writer)) {
            return record(bytes, SINGLE_OBJECT_BYTES, writer);
        }
        if (bytes.length > REGISTRY_BYTES && bytes[0] == 0) {
            Optional<GenericRecord> behind = record(bytes, REGISTRY_BYTES, writer);
            return behind.isPresent() ? behind : record(bytes, 0, writer);
        }
        return record(bytes, 0, writer);
    }

    private static boolean isSingleObject(byte[] bytes, Schema writer) {
        byte[] header = ByteBuffer.allocate(SINGLE_OBJECT_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaNormalization.parsingFingerprint64(writer))
                .array();
        return bytes.length >= SINGLE_OBJECT_BYTES
                && Arrays.equals(header, 0, SINGLE_OBJECT_BYTES, bytes, 0, SINGLE_OBJECT_BYTES);
    }

    private Optional<GenericRecord> record(byte[] bytes, int from, Schema writer) {
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, decoder);
            GenericRecord read = new GenericDatumReader<GenericRecord>(writer).read(null, decoder);
            return decoder.isEnd() ? Optional.of(read) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Bytes of anything else may fail in any way.
            return Optional.empty();
        }
    }

    /** The value; 1 where the mapping counts records. */
    double value(Fields fields) throws Unfit {
        if (mapping.getValue() == null) {
            return 1;
        }
        Object value = fields.at(mapping.getValue());
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new Unfit(mapping.getValue() + " is no finite number: " + cut(value));
        }
        return number;
    }

    /** Epoch milliseconds, from a number of them or ISO 8601; the record's own where the mapping names no field. */
    long atMillis(Fields fields, long recordMillis) throws Unfit {
        if (mapping.getTimestamp() == null) {
            return recordMillis;
        }
        Object value = fields.at(mapping.getTimestamp());
        if (value instanceof Number number) {
            return number.longValue();
        }
        try {
            return Instant.parse(String.valueOf(value)).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new Unfit(
                    mapping.getTimestamp() + " is neither epoch milliseconds nor an ISO 8601 instant: " + cut(value));
        }
    }

    /** A text field; null where the mapping names none. */
    @Nullable
    String text(Fields fields, @Nullable String path) throws Unfit {
        if (path == null) {
            return null;
        }
        Object value = fields.at(path);
        if (value == null) {
            throw new Unfit(path + " is missing");
        }
        return value.toString();
    }

    /** A candidate's number. */
    long candidate(Fields fields, String path) throws Unfit {
        Object value = fields.at(path);
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new Unfit(path + " is no candidate's number: " + cut(value));
    }

    private static String cut(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 50 ? text : text.substring(0, 50) + "…";
    }

    /** A record's fields by path, such as {@code ctx.token}: a Number, a Boolean, a String, or null. */
    interface Fields {
        @Nullable
        Object at(String path);
    }
}
