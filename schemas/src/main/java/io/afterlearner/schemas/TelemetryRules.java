package io.afterlearner.schemas;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/** Rules for an online study's telemetry: every record must be readable and attributable to a candidate. */
final class TelemetryRules {
    static final int MAX_STREAMS = 16;
    private static final int MAX_SCHEMA_CHARACTERS = 1 << 18;
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    /** Names with dots between them. */
    private static final Pattern PATH = Pattern.compile("(?=.{1,200}$)[^.\\p{Cntrl}]+(\\.[^.\\p{Cntrl}]+)*");

    private TelemetryRules() {}

    static void check(OnlineSpec online) {
        List<Telemetry> streams = online.getTelemetry();
        OnlineRules.require(
                streams.size() <= MAX_STREAMS,
                "online.telemetry",
                "must be at most " + MAX_STREAMS + ", not " + streams.size());
        for (int i = 0; i < streams.size(); i++) {
            check(streams.get(i), online, "online.telemetry[" + i + "]");
        }
    }

    private static void check(Telemetry stream, OnlineSpec online, String field) {
        topic(stream.getTopic(), field + ".topic");
        format(stream, field);
        metric(stream, online, field + ".metric");
        attribution(stream, online.getSliceMillis() > 0, field);
        path(stream.getToken(), field + ".token");
        path(stream.getCandidate(), field + ".candidate");
        path(stream.getValue(), field + ".value");
        path(stream.getTimestamp(), field + ".timestamp");
        path(stream.getId(), field + ".id");
    }

    private static void topic(String topic, String field) {
        boolean isTopic = TOPIC.matcher(topic).matches() && !topic.equals(".") && !topic.equals("..");
        OnlineRules.require(isTopic, field, "must be a topic's name, 1 to 249 of A-Z, a-z, 0-9, '.', '_' and '-'");
        OnlineRules.require(
                !topic.startsWith(Topics.PREFIX),
                field,
                "must not begin with " + Topics.PREFIX + ", which is for AfterLearner's own topics");
    }

    private static void format(Telemetry stream, String field) {
        String schema = stream.getSchema$();
        OnlineRules.require(stream.getFormat() != TelemetryFormat.UNKNOWN, field + ".format", "must be JSON or AVRO");
        OnlineRules.require(
                schema == null || stream.getFormat() == TelemetryFormat.AVRO,
                field + ".schema",
                "is for AVRO only",
                "remove it");
        OnlineRules.require(
                schema != null || stream.getFormat() != TelemetryFormat.AVRO,
                field + ".schema",
                "is missing",
                "give the writer's schema as JSON");
        if (schema != null) {
            parse(schema, field + ".schema");
        }
    }

    private static void parse(String schema, String field) {
        OnlineRules.require(
                schema.length() <= MAX_SCHEMA_CHARACTERS,
                field,
                "must be at most " + MAX_SCHEMA_CHARACTERS + " characters, not " + schema.length());
        try {
            OnlineRules.require(
                    new Schema.Parser().parse(schema).getType() == Schema.Type.RECORD,
                    field,
                    "must be the schema of a record");
        } catch (SchemaParseException e) {
            throw new RefusedException(
                    field, "is not an Avro schema: " + sentence(String.valueOf(e.getMessage())), "correct it");
        }
    }

    /** Removes the exception's class and the parser's position in its own buffer. */
    private static String sentence(String message) {
        return message.replaceAll("\\s+", " ")
                .replaceFirst("^[\\w.]+Exception: ", "")
                .replaceFirst(" at \\[Source.*", "");
    }

    private static void metric(Telemetry stream, OnlineSpec online, String field) {
        Stream<String> metrics = Stream.concat(
                        Stream.of(online.getMetric()),
                        online.getGuardrails().stream().map(Guardrail::getMetric))
                .map(Metric::getName);
        List<String> names = Stream.concat(metrics, RatioRules.denominators(online).stream())
                .distinct()
                .toList();
        OnlineRules.require(
                names.contains(stream.getMetric()),
                field,
                "must be a metric of the study, one of " + names + ", not " + stream.getMetric());
    }

    private static void attribution(Telemetry stream, boolean slices, String field) {
        boolean both = stream.getToken() != null && stream.getCandidate() != null;
        OnlineRules.require(
                !both,
                field + ".candidate",
                "cannot be combined with token, which names the candidate already",
                "remove one");
        OnlineRules.require(
                slices || stream.getToken() != null || stream.getCandidate() != null,
                field,
                "needs token or candidate, unless the study assigns time slices",
                "name the field that holds the token, such as token: ctx.token");
    }

    private static void path(@Nullable String path, String field) {
        OnlineRules.require(
                path == null || PATH.matcher(path).matches(),
                field,
                "must be field names separated by dots, such as ctx.token, not " + path);
    }
}
