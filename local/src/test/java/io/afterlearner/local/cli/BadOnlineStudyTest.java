package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error in an online study is one line with its place, and no stack is needed to find it. */
class BadOnlineStudyTest {
    @TempDir
    static Path folder;

    @TempDir
    Path home;

    @BeforeAll
    static void writeModel() throws IOException {
        System.setProperty("afterlearner.root", folder.toString());
        TinyStudy.write(folder);
        Files.writeString(folder.resolve("clicks.avsc"), "{\"type\":\"string\"}");
        Files.writeString(folder.resolve("broken.avsc"), "{\"type\":");
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        unit: user         | unit: usr            | 7  | online.unit: unknown value usr; did you mean user?
        unit: user         | unit: unknown        | 7  | online.unit: unknown value unknown; use one of user, session, request
        unit: user         | untl: user           | 7  | online.untl: unknown key; did you mean unit?
        "  unit: user\\n"  | ""                   | 7  | online.unit: is missing; add unit: user
        explore: 0.2       | explore: much        | 8  | online.explore: must be a number, not much
        explore: 0.2       | explore: 0           | 8  | online.explore: must be above 0 and below 1, not 0.0
        explore: 0.2       | explore: 0.95        | 8  | online.explore: must leave units to the champion: with a control share of 0.1
        control: 0.1       | control: 1           | 9  | online.control: must be above 0 and below 1, not 1.0
        aggregate: rate    | aggregate: p90       | 10 | online.metric.aggregate: unknown value p90
        aggregate: rate    | aggregate: mean      | 10 | online.metric.range: is missing; add range: [0, 1000]
        aggregate: rate    | "aggregate: mean, range: [1, 0]" | 10 | online.metric.range: must be [low, high] with low below high
        aggregate: rate    | "aggregate: mean, range: [0, .inf]" | 10 | online.metric.range: must be finite
        aggregate: rate    | "aggregate: p95, range: [-1, 1]" | 10 | online.metric.range: must be at least 0 for a quantile
        aggregate: rate    | "aggregate: rate, range: [0, 1]" | 10 | online.metric.range: is not for a rate
        aggregate: rate    | "aggregate: p95, range: [0, 1], covariate: past" | 10 | online.metric.covariate: can be past for aggregate: mean, sum or rate only
        aggregate: rate    | "aggregate: rate, covariate: before" | 10 | online.metric.covariate: unknown value before; use one of none, past
        aggregate: rate    | "aggregate: ratio, range: [0, 1]" | 10 | online.metric.aggregate: cannot be a ratio without per; name the reports
        aggregate: rate    | "aggregate: rate, per: {field: visits, most: 9}" | 10 | online.metric.per: is for aggregate: ratio
        aggregate: rate    | "aggregate: ratio, range: [0, 1], per: {field: visits}" | 10 | online.metric.per.most: is missing; add most: 50
        aggregate: rate    | "aggregate: ratio, range: [0, 1], per: {field: visits, most: 0}" | 10 | online.metric.per.most: must be above 0 and finite
        aggregate: rate    | "aggregate: ratio, range: [0, 1], per: {field: click, most: 9}" | 10 | online.metric.per.field: is the metric itself
        aggregate: rate    | "aggregate: mean, range: [0, 9], winsorise: 1" | 10 | online.metric.winsorise: must be 0.5 to 0.999, such as 0.99 to cap the highest hundredth, not 1; omit it
        aggregate: rate    | "aggregate: mean, range: [0, 9], winsorise: '0.99'" | 10 | online.metric.winsorise: must be a number, not '0.99'
        aggregate: rate    | aggregate: rate, silence: 2 | 10 | online.metric.silence: must lie within the range of 0.0 to 1.0, not 2.0
        goal: maximize     | goal: maximise       | 10 | online.metric.goal: unknown value maximise; did you mean maximize?
        window: 30s        | window: 30           | 11 | online.window: must be a duration such as 500ms
        window: 30s        | window: 10ms         | 11 | online.window: must be 100ms to 30d, not 10ms
        exposures: 150     | exposures: 1         | 12 | online.exposures: must be at least 2, not 1
        trustRegion: 0.5   | trustRegion: 0       | 13 | online.trustRegion: must be above 0, not 0.0
        trustRegion: 0.5   | trust-region: 0.5    | 13 | online.trust-region: unknown key; did you mean trustRegion?
        "range: [0, 1000]" | "range: [-1, 1000]"  | 15 | online.guardrails[0].metric.range: must be at least 0
        limit: 1.05        | limit: 0.95          | 16 | online.guardrails[0].limit: must be at least 1, such as 1.05
        limit: 1.05        | limt: 1.05           | 16 | online.guardrails[0].limt: unknown key; did you mean limit?
        confidence: 0.9    | confidence: 95       | 17 | online.confidence: must be at least 0.5 and below 1, such as 0.95
        approval: true     | approval: yes        | 18 | online.approval: must be true or false
        approval: true     | slice: 10ms          | 18 | online.slice: must be 1s to 1d, not 10ms
        exposures: 100000  | exposures: 100       | 19 | online.stop.exposures: must be at least the 150 exposures of one candidate
        after: 14d         | after: 14            | 19 | online.stop.after: must be a duration such as
        topic: web.clicks  | topic: afterlearner.feedback | 21 | online.telemetry[0].topic: must not begin with afterlearner.
        format: json       | format: xml          | 22 | online.telemetry[0].format: unknown value xml; use one of json, avro
        format: json       | format: avro         | 21 | online.telemetry[0].schema: is missing; add schema: clicks.avsc
        format: json       | "format: avro, schema: clicks.avsc" | 23 | online.telemetry[0].schema: must be the schema of a record
        format: json       | "format: avro, schema: broken.avsc" | 23 | online.telemetry[0].schema: is not an Avro schema
        format: json       | "format: avro, schema: nowhere.avsc" | 23 | online.telemetry[0].schema: there is no file
        format: json       | "format: json, schema: clicks.avsc" | 23 | online.telemetry[0].schema: is for format: avro only
        window: 30s        | "window: 30s\\n  tellAfter: 30s" | 12 | online.tellAfter: must be at least 100 and below the attribution window of 30000 ms, not 30000
        metric: click      | metric: clicks       | 23 | online.telemetry[0].metric: must be a metric of the study, one of [click, latencyMillis], not clicks
        token: ctx.token   | token: ctx..token    | 24 | online.telemetry[0].token: must be field names separated by dots
        token: ctx.token   | id: eventId          | 21 | online.telemetry[0]: needs token or candidate, unless the study assigns time slices
        token: ctx.token   | "token: t, candidate: c" | 25 | online.telemetry[0].candidate: cannot be combined with token
        budget: 60         | "budget: 60, noise: false" | 27 | optimizer.noise: cannot be false in an online study, because what users report is noisy; omit it
        tensor: b          | tensor: bb           | 5  | aleph[1].tensor: no tensor 'bb' in tiny.onnx
        optimizer:         | "evaluation: {pool: default}\\noptimizer:" | 27 | evaluation.pool: is not for an online study
        optimizer:         | "evaluation: {timeout: 30s}\\noptimizer:" | 27 | evaluation.timeout: must be above the attribution window of 30000 ms
        optimizer:         | "loss: {type: rmse}\\noptimizer:" | 27 | loss: cannot be combined with online, where users are the loss; keep one of the two
        optimizer:         | "data: {search: search.npz}\\noptimizer:" | 27 | data: cannot be combined with online
        """)
    void isOneLineWithItsPlace(String right, String wrong, int line, String what) throws IOException {
        String changed = inlined(wrong == null ? "" : wrong.replace("\\n", "\n"));
        Cli.Output output = create(TinyStudy.ONLINE.replace(right.replace("\\n", "\n"), changed));
        assertEquals(2, output.exit(), output.err());
        assertEquals(1, output.errLines().size(), output.err());
        String error = output.err().replace(folder + "/bad-", "");
        assertTrue(error.startsWith("study.yaml:" + line + ": " + what), error);
        assertFalse(Files.exists(home.resolve("kafka")), "a broker was started");
    }

    /** Puts two keys on two lines if the mapping is a block. */
    private static String inlined(String keys) {
        boolean inBlock = keys.startsWith("format:") || keys.startsWith("token:");
        return inBlock ? keys.replace(", ", "\n      ") : keys;
    }

    @Test
    void retrofittingAnOnlineStudyIsOneLineWithTheFix() throws IOException {
        Path file = Files.writeString(folder.resolve("online.yaml"), TinyStudy.ONLINE);
        Cli.Output output = new Cli(home).retrofit(file);
        assertEquals(2, output.exit(), output.err());
        assertEquals(1, output.errLines().size(), output.err());
        assertEquals(
                file
                        + ":7: online: candidates of an online study are scored by users, not on data; run ./afterlearner study create "
                        + file + " --home " + home + " on a running stack",
                output.err().strip());
    }

    @Test
    void aStudyThatIsFineNeedsAStack() throws IOException {
        Cli.Output output = create(TinyStudy.ONLINE);
        assertEquals(1, output.exit(), output.err());
        assertTrue(output.err().contains("no stack runs on " + home), output.err());
    }

    private Cli.Output create(String yaml) throws IOException {
        return new Cli(home).create(Files.writeString(folder.resolve("bad-study.yaml"), yaml));
    }
}
