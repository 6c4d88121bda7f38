package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlineRulesTest {
    private static StudySpec online() {
        StudySpec spec = Samples.spec();
        spec.put("loss", null);
        spec.put("search", null);
        spec.put("test", null);
        spec.put("evaluation", new EvaluationSpec(7L * 24 * 3_600_000, OnlineRules.POOL, 0, Map.of(), 0.0, 3_600_000L));
        // The sample slices time, and slices have no horizon.
        section(spec).getPace().put("horizonMillis", 0L);
        section(spec).put("tellAfterMillis", 0L);
        return spec;
    }

    private static OnlineSpec section(StudySpec spec) {
        OnlineSpec section = spec.getOnline();
        assertTrue(section != null);
        return section;
    }

    private static RefusedException refusal(Consumer<StudySpec> change) {
        StudySpec spec = online();
        change.accept(spec);
        return assertThrows(RefusedException.class, () -> OnlineRules.check(spec));
    }

    @Test
    void validOnlineStudiesAndDataStudiesPass() {
        assertDoesNotThrow(() -> OnlineRules.check(online()));
        StudySpec ofData = Samples.spec();
        ofData.put("online", null);
        assertDoesNotThrow(() -> OnlineRules.check(ofData));
    }

    /** Sets one field of the online section, its metric, its guardrail or its telemetry. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "exploreShare | 0 | online.exploreShare must be above 0 and below 1",
                "exploreShare | NaN | online.exploreShare must be above 0 and below 1",
                "exploreShare | 0.9 | online.exploreShare must leave units to the champion",
                "controlShare | 0 | online.controlShare must be above 0",
                "windowMillis | 99 | online.windowMillis must be 100 to 2592000000, not 99",
                "sliceMillis | 999 | online.sliceMillis must be 1000 to 86400000, or 0 to assign units",
                "exposures | 1 | online.exposures must be 2 to 1000000000, not 1",
                "trustRegion | 0 | online.trustRegion must be above 0",
                "trustRegion | Infinity | online.trustRegion must be above 0",
                "confidence | 1 | online.confidence must be at least 0.5 and below 1",
                "exposureLimit | 399 | online.exposureLimit must be at least the 400 exposures of one candidate",
                "deadlineMillis | 1700000000000 | online.deadlineMillis must be after the study begins",
                "pace.horizonMillis | 86400000 | online.pace.horizonMillis is for users and sessions, which return",
                "pace.minimumRunMillis | -1 | online.pace.minimumRunMillis must be 0 to 3024000000, not -1",
                "pace.cycleMillis | 3024000001 | online.pace.cycleMillis must be 0 to 3024000000, not 3024000001",
                "metric.name | '' | online.metric.name must be 1 to 100 characters",
                "metric.low | 1 | online.metric.low must be below high",
                "metric.high | Infinity | online.metric.low must be below high, both finite",
                "metric.silence | 2 | online.metric.silence must lie within the range of 0.0 to 1.0, not 2.0",
                "guardrail.limit | 0.99 | online.guardrails[0].limit must be at least 1",
                "guardrail.limit | Infinity | online.guardrails[0].limit must be at least 1",
                "telemetry.topic | a b | online.telemetry[0].topic must be a topic's name",
                "telemetry.topic | afterlearner.feedback | online.telemetry[0].topic must not begin with afterlearner.",
                "telemetry.metric | clicks | online.telemetry[0].metric must be a metric of the study, one of [click, latency]",
                "telemetry.schema | {} | online.telemetry[0].schema is for AVRO only",
                "telemetry.candidate | n | online.telemetry[0].candidate cannot be combined with token",
                "telemetry.value | a..b | online.telemetry[0].value must be field names separated by dots"
            })
    void invalidOnlineStudiesAreRefusedInOneLineThatNamesTheField(String field, String value, String line) {
        String said = refusal(spec -> set(section(spec), field, value)).getMessage();

        assertTrue(said.startsWith(line), said);
        assertFalse(said.contains("\n"), said);
    }

    private static void set(OnlineSpec section, String path, String value) {
        String[] steps = path.split("\\.", 2);
        SpecificRecordBase record = switch (steps[0]) {
            case "metric" -> section.getMetric();
            case "guardrail" -> section.getGuardrails().get(0);
            case "telemetry" -> section.getTelemetry().get(0);
            case "pace" -> section.getPace();
            default -> section;
        };
        String field = steps[steps.length - 1];
        Object old = record.get(record.getSchema().getField(field).pos());
        record.put(
                record.getSchema().getField(field).pos(),
                old instanceof Double ? Double.valueOf(value) : old instanceof Long ? Long.valueOf(value) : value);
    }

    @ParameterizedTest
    @CsvSource({"0.5;0.2;1", "0.5", "0;1", "0.1;0.1;1", "0.5;2"})
    void aRampRisesToOne(String shares) {
        List<Double> ramp =
                Arrays.stream(shares.split(";")).map(Double::valueOf).toList();
        assertEquals(
                "online.pace.ramp",
                refusal(spec -> section(spec).getPace().put("ramp", ramp)).field());
    }

    @Test
    void aCandidateMayBeOutstandingUntilALongHorizonIsComplete() {
        RefusedException refused = refusal(spec -> {
            section(spec).put("sliceMillis", 0L);
            section(spec).getPace().put("horizonMillis", 7L * 24 * 3_600_000);
        });
        assertEquals("evaluation.timeoutMillis", refused.field());
        assertTrue(refused.getMessage().contains("of a horizon and a window"), refused.getMessage());
    }

    /** Somebody's conversions come within a month, of accounts that are drawn once in five weeks. */
    @Test
    void theLongestHorizonWithTheLongestWindowHasATimeout() {
        StudySpec longest = online();
        section(longest).put("sliceMillis", 0L);
        section(longest).put("windowMillis", OnlineRules.MAX_WINDOW_MILLIS);
        section(longest).getPace().put("horizonMillis", OnlineRules.MAX_HORIZON_MILLIS);
        longest.getEvaluation().put("timeoutMillis", OnlineRules.MAX_TIMEOUT_MILLIS);
        assertDoesNotThrow(() -> OnlineRules.check(longest));
    }

    @Test
    void aCandidateThatIsToldEarlyMayBeOutstandingForLess() {
        Consumer<StudySpec> early = spec -> {
            section(spec).put("sliceMillis", 0L);
            section(spec).put("windowMillis", OnlineRules.MAX_WINDOW_MILLIS);
            section(spec).put("tellAfterMillis", 3_600_000L);
        };
        StudySpec fine = online();
        early.accept(fine);
        assertDoesNotThrow(() -> OnlineRules.check(fine), "a week");
        assertEquals(
                "evaluation.timeoutMillis must be above the tellAfter of 3600000 ms, or every candidate expires before it is scored;"
                        + " it is 3600000; set a longer one, or remove it",
                refusal(spec -> {
                            early.accept(spec);
                            spec.getEvaluation().put("timeoutMillis", 3_600_000L);
                        })
                        .getMessage());
    }

    @Test
    void aRateHasAFixedRangeAndAQuantileANonNegativeOne() {
        assertEquals(
                "online.metric.low",
                refusal(spec -> section(spec)
                                .put(
                                        "metric",
                                        new Metric(
                                                "m",
                                                Aggregate.RATE,
                                                Goal.MAXIMIZE,
                                                0.0,
                                                2.0,
                                                null,
                                                null,
                                                1.0,
                                                null,
                                                Covariate.NONE)))
                        .field());
        assertEquals(
                "online.metric.low",
                refusal(spec -> section(spec)
                                .put(
                                        "metric",
                                        new Metric(
                                                "m",
                                                Aggregate.P95,
                                                Goal.MAXIMIZE,
                                                -1.0,
                                                2.0,
                                                null,
                                                null,
                                                1.0,
                                                null,
                                                Covariate.NONE)))
                        .field());
    }

    @Test
    void aGuardrailOnAMaximizedMetricHasALimitOfAtMostOne() {
        Metric sales =
                new Metric("sales", Aggregate.SUM, Goal.MAXIMIZE, 0.0, 9.0, 0.0, null, 1.0, null, Covariate.NONE);
        StudySpec fine = online();
        section(fine).put("guardrails", List.of(new Guardrail(sales, 0.9)));

        assertDoesNotThrow(() -> OnlineRules.check(fine));
        assertEquals(
                "online.guardrails[0].limit",
                refusal(spec -> section(spec).put("guardrails", List.of(new Guardrail(sales, 1.1))))
                        .field());
        Metric either =
                new Metric("sales", Aggregate.SUM, Goal.MAXIMIZE, -1.0, 9.0, 0.0, null, 1.0, null, Covariate.NONE);
        assertEquals(
                "online.guardrails[0].metric.low",
                refusal(spec -> section(spec).put("guardrails", List.of(new Guardrail(either, 0.9))))
                        .field());
    }

    @Test
    void onlyTimeSlicesNeedNeitherTokenNorCandidate() {
        StudySpec slices = online();
        section(slices).getTelemetry().get(0).put("token", null);
        assertDoesNotThrow(() -> OnlineRules.check(slices));

        assertEquals(
                "online.telemetry[0]",
                refusal(spec -> {
                            section(spec).put("sliceMillis", 0L);
                            section(spec).getTelemetry().get(0).put("token", null);
                        })
                        .field());
    }

    @Test
    void avroTelemetryRequiresASchema() {
        RefusedException said =
                refusal(spec -> section(spec).getTelemetry().get(0).put("format", TelemetryFormat.AVRO));
        assertEquals("online.telemetry[0].schema", said.field());
    }

    @Test
    void anAvroSchemaMustDescribeARecord() {
        for (String schema : List.of("{", "\"string\"", "{\"type\":\"record\"}")) {
            RefusedException said = refusal(spec -> {
                section(spec).getTelemetry().get(0).put("format", TelemetryFormat.AVRO);
                section(spec).getTelemetry().get(0).put("schema", schema);
            });
            assertEquals("online.telemetry[0].schema", said.field());
            assertFalse(said.getMessage().contains("\n"), said.getMessage());
        }
    }

    @Test
    void onlyOnlineStudiesUseTheOnlinePool() {
        assertEquals(
                "loss",
                refusal(spec -> spec.put("loss", Samples.spec().getLoss())).field());
        assertEquals(
                "search",
                refusal(spec -> spec.put("search", Samples.spec().getSearch())).field());
        assertEquals(
                "evaluation.pool",
                refusal(spec -> spec.getEvaluation().put("pool", "default")).field());
        assertEquals(
                "evaluation.pool", refusal(spec -> spec.put("online", null)).field());
        assertEquals(
                "evaluation.timeoutMillis",
                refusal(spec -> spec.getEvaluation()
                                .put("timeoutMillis", section(spec).getWindowMillis()))
                        .field());
    }

    @Test
    void allServedValuesFitIntoOneRecord() {
        RefusedException said = refusal(spec -> {
            spec.getAleph().get(0).put("initial", Collections.nCopies(100_000, 0.0));
            spec.getOptimizer().put("parallelism", 1);
        });
        assertEquals("optimizer.parallelism", said.field());
    }

    @Test
    void aStudyExploresAtLeastOneCandidate() {
        for (int parallelism : new int[] {0, -1, Integer.MIN_VALUE}) {
            RefusedException said = refusal(spec -> spec.getOptimizer().put("parallelism", parallelism));
            assertEquals("optimizer.parallelism", said.field());
        }
    }
}
