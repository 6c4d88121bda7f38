package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A study of slices whose guardrail is a query. */
class QueryRulesTest {
    private static final String ERRORS = "sum(rate(errors_total[{{slice}}]))";

    private static StudySpec study() {
        StudySpec spec = Samples.spec();
        spec.put("loss", null);
        spec.put("search", null);
        spec.put("test", null);
        spec.put("evaluation", new EvaluationSpec(7L * 24 * 3_600_000, OnlineRules.POOL, 0, Map.of(), 0.0, 3_600_000L));
        online(spec).getPace().put("horizonMillis", 0L);
        online(spec).put("tellAfterMillis", 0L);
        online(spec).put("guardrails", List.of(new Guardrail(metric("errors", ERRORS), 1.05)));
        return spec;
    }

    private static OnlineSpec online(StudySpec spec) {
        return Objects.requireNonNull(spec.getOnline());
    }

    private static Metric metric(String name, String promql) {
        return new Metric(name, Aggregate.MEAN, Goal.MINIMIZE, 0.0, 1.0, null, promql, 1.0, null, Covariate.NONE);
    }

    private static String refused(Consumer<OnlineSpec> change) {
        StudySpec spec = study();
        change.accept(online(spec));
        String line = assertThrows(RefusedException.class, () -> OnlineRules.check(spec))
                .getMessage();
        return String.valueOf(line);
    }

    private static String refused(String promql) {
        return refused(online -> online.getGuardrails().get(0).getMetric().put("promql", promql));
    }

    @Test
    void aQueryOverTheSliceIsFine() {
        assertDoesNotThrow(() -> OnlineRules.check(study()));
        assertEquals("sum(rate(errors_total[60000ms]))", QueryRules.over(ERRORS, 60_000));
        assertEquals(ERRORS, QueryRules.promql(online(study()), "errors"));
        assertNull(QueryRules.promql(online(study()), "click"));
    }

    @Test
    void onlySlicesAreMeasuredByQueries() {
        String said = refused(online -> online.put("sliceMillis", 0L));
        assertTrue(said.startsWith("online.guardrails[0].metric.promql is for studies that slice time"), said);
    }

    @Test
    void aWindowIsLongEnoughToAskInIt() {
        assertTrue(refused(online -> online.put("windowMillis", 1_999L))
                .startsWith("online.window must be at least 2000 ms for a query"));
    }

    @Test
    void aQueryMustSayThatItIsOverTheSlice() {
        assertTrue(refused("sum(rate(errors_total[5m]))").contains("{{slice}} stands for the slice's length"));
        assertTrue(refused("").contains("must be 1 to 4000 characters"));
        assertTrue(refused(ERRORS + "\u0000").contains("without control characters"));
        assertTrue(refused(ERRORS + " ".repeat(4_000)).contains("must be 1 to 4000 characters"));
    }

    @Test
    void aSliceHasOneValue() {
        String said =
                refused(online -> online.getGuardrails().get(0).getMetric().put("aggregate", Aggregate.P95));
        assertTrue(said.startsWith("online.guardrails[0].metric.aggregate must be MEAN"), said);
    }

    @Test
    void aMetricHasOneSource() {
        assertTrue(refused(online -> online.getTelemetry().get(0).put("metric", "errors"))
                .contains("cannot be combined with telemetry"));
        String said = refused(online -> {
            online.put("telemetry", List.of());
            online.getMetric().put("name", "errors");
        });
        assertTrue(said.contains("is the name of another metric"), said);
    }
}
