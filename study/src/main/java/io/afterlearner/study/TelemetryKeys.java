package io.afterlearner.study;

import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stream of the user's own: {@code {topic: web.clicks, format: json, metric: click, token: ctx.token, value: clicked}}. */
final class TelemetryKeys {
    private static final List<String> KEYS =
            List.of("topic", "format", "schema", "metric", "token", "candidate", "value", "timestamp", "id");
    private static final long MOST_SCHEMA_BYTES = 1 << 18;

    private TelemetryKeys() {}

    static Telemetry read(Yaml at, Path folder) {
        Map<String, Yaml> keys = at.mapping(KEYS);
        TelemetryFormat format =
                StudyFile.required(at, keys, "format", "format: json").constant(TelemetryFormat.class);
        return new Telemetry(
                StudyFile.required(at, keys, "topic", "topic: web.clicks").text(),
                format,
                schema(at, keys, format, folder),
                StudyFile.required(at, keys, "metric", "metric: click").text(),
                text(keys.get("token")),
                text(keys.get("candidate")),
                text(keys.get("value")),
                text(keys.get("timestamp")),
                text(keys.get("id")));
    }

    private static @Nullable String text(@Nullable Yaml at) {
        return at == null ? null : at.text();
    }

    /** The text of a file, which becomes part of the study. */
    private static @Nullable String schema(Yaml at, Map<String, Yaml> keys, TelemetryFormat format, Path folder) {
        if (format == TelemetryFormat.AVRO) {
            return text(StudyFile.required(at, keys, "schema", "schema: clicks.avsc"), folder);
        }
        Yaml schema = keys.get("schema");
        if (schema != null) {
            throw schema.error("is for format: avro only; leave it out");
        }
        return null;
    }

    private static String text(Yaml at, Path folder) {
        Path file = new Artifacts(folder, folder).local(new FileKey(at, at.text(), null, null));
        try {
            if (Files.size(file) > MOST_SCHEMA_BYTES) {
                throw at.error(file + " is over 256 KiB; give the .avsc of one record");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw at.error(file + " cannot be read: " + InputException.reason(e));
        }
    }
}
