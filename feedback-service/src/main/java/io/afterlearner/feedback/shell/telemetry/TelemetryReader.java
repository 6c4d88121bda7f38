package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.feedback.shell.telemetry.RecordFormat.Fields;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.avro.AvroRuntimeException;
import org.jspecify.annotations.Nullable;

/** Reads the fields that a mapping names from records of a user's topic. Not thread-safe. */
final class TelemetryReader {
    private static final int MAX_SHOWN_CHARACTERS = 50;

    private final Telemetry mapping;
    private final RecordFormat format;

    /** @throws IllegalArgumentException if the mapping's schema is missing or malformed; one line */
    TelemetryReader(Telemetry mapping) {
        this.mapping = mapping;
        this.format = mapping.getFormat() == TelemetryFormat.AVRO ? avro(mapping) : new RecordFormat.Json();
    }

    private static RecordFormat avro(Telemetry mapping) {
        if (mapping.getSchema$() == null) {
            throw new IllegalArgumentException("telemetry " + mapping.getTopic() + ": format avro needs a schema");
        }
        try {
            return new AvroFormat(mapping.getSchema$());
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(
                    "telemetry " + mapping.getTopic() + ": malformed schema: " + e.getMessage(), e);
        }
    }

    /** Decodes a record, whose fields the other methods read. */
    Fields read(byte[] bytes) {
        return format.read(bytes);
    }

    /** The value; 1 if the mapping counts records. */
    double value(Fields fields) {
        if (mapping.getValue() == null) {
            return 1;
        }
        Object value = fields.at(mapping.getValue());
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw refused(mapping.getValue(), value, "a finite number");
        }
        return number;
    }

    /**
     * Epoch milliseconds, from a number or ISO 8601; the record's timestamp if the mapping names no field.
     *
     * @throws IllegalArgumentException if it cannot be the time of a recent event; one line
     */
    long atMillis(Fields fields, long recordMillis, long nowMillis) {
        EventTime time = new EventTime(recordMillis, nowMillis);
        if (mapping.getTimestamp() == null) {
            return time.checked("the record's timestamp", (double) recordMillis);
        }
        Object value = fields.at(mapping.getTimestamp());
        return value instanceof Number number
                ? time.checked(mapping.getTimestamp(), number.doubleValue())
                : time.checked(mapping.getTimestamp(), (double) parsed(value));
    }

    private long parsed(@Nullable Object value) {
        try {
            return Instant.parse(String.valueOf(value)).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw refused(String.valueOf(mapping.getTimestamp()), value, "epoch milliseconds, or ISO 8601 as text");
        }
    }

    /** The token; null if the mapping names no field for it. */
    @Nullable
    String token(Fields fields) {
        return text(fields, mapping.getToken());
    }

    /** The event id; null if the mapping names no field for it. */
    @Nullable
    String id(Fields fields) {
        return text(fields, mapping.getId());
    }

    private static @Nullable String text(Fields fields, @Nullable String path) {
        if (path == null) {
            return null;
        }
        Object value = fields.at(path);
        if (value == null) {
            throw refused(path, null, "a text or a number");
        }
        return value.toString();
    }

    /** The candidate's number; null if the mapping names no field for it. */
    @Nullable
    Long candidate(Fields fields) {
        String path = mapping.getCandidate();
        if (path == null) {
            return null;
        }
        Object value = fields.at(path);
        if (value instanceof Number number && number.doubleValue() == (double) number.longValue()) {
            return number.longValue();
        }
        throw refused(path, value, "a candidate number");
    }

    private static IllegalArgumentException refused(String path, @Nullable Object value, String wanted) {
        return new IllegalArgumentException(path + " is " + shown(value) + "; send " + wanted);
    }

    /** Marks a text as such, because the value may be a number that was sent as text. */
    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "missing, or has no single value";
        }
        String text = value.toString();
        String cut = text.length() <= MAX_SHOWN_CHARACTERS ? text : text.substring(0, MAX_SHOWN_CHARACTERS) + "…";
        return value instanceof String ? "the text \"" + cut + "\"" : cut;
    }
}
