package io.afterlearner.study.keys;

import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import io.afterlearner.study.InputException;
import io.afterlearner.study.files.Artifacts;
import io.afterlearner.study.files.FileKey;
import io.afterlearner.study.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Parses an item of {@code online.telemetry}. */
final class TelemetryKeys {
    private static final long MAX_SCHEMA_BYTES = 1 << 18;

    private TelemetryKeys() {}

    static Telemetry read(Yaml at, Artifacts files) {
        Section keys = Section.of(at);
        TelemetryFormat format = keys.required("format").constant(TelemetryFormat.class);
        return new Telemetry(
                keys.required("topic").text(),
                format,
                schema(keys, format, files),
                keys.required("metric").text(),
                text(keys, "token"),
                text(keys, "candidate"),
                text(keys, "value"),
                text(keys, "timestamp"),
                text(keys, "id"));
    }

    private static @Nullable String text(Section keys, String key) {
        return keys.optional(key, Yaml::text).orElse(null);
    }

    /** The text of the schema's file, which becomes part of the study. */
    private static @Nullable String schema(Section keys, TelemetryFormat format, Artifacts files) {
        if (format == TelemetryFormat.AVRO) {
            return text(keys.required("schema"), files);
        }
        Yaml schema = keys.get("schema");
        if (schema != null) {
            throw schema.error("is for format: avro only", "omit it");
        }
        return null;
    }

    private static String text(Yaml at, Artifacts files) {
        Path file = files.local(new FileKey(at, at.text(), null, null));
        try {
            if (Files.size(file) > MAX_SCHEMA_BYTES) {
                throw at.error(file + " is larger than 256 KiB", "give the .avsc of one record");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw at.error(file + " cannot be read: " + InputException.reason(e), "check the file and its permissions");
        }
    }
}
