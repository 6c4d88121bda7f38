package io.afterlearner.evaluator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluator.shell.EvaluatorEvents.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final int MAX_STUDIES = 100;
    private static final int STUDIES = 10_000;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Metrics metrics = new Metrics(
            registry, SettingsReaderTest.config(Map.of()).getConfigMapping(EvaluatorConfig.class), MAX_STUDIES);
    private final int ofService = registry.getMeters().size();

    private int ofOneStudy() {
        metrics.candidate("first", Outcome.MEASURED);
        return registry.getMeters().size() - ofService;
    }

    private void assertFewSeries(int ofOneStudy) {
        int series = registry.getMeters().size() - ofService;
        assertTrue(series <= (MAX_STUDIES + 1) * ofOneStudy, series + " series");
    }

    @Test
    void tenThousandStudiesMakeFewSeries() {
        int ofOneStudy = ofOneStudy();
        for (int i = 0; i < STUDIES; i++) {
            metrics.studyRuns("study-" + i);
            metrics.candidate("study-" + i, Outcome.FAILED);
            metrics.verdict("study-" + i, Outcome.MEASURED);
        }
        assertFewSeries(ofOneStudy);
        assertEquals(
                STUDIES,
                registry.get("afterlearner.evaluator.candidates").tag("outcome", "failed").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum());
    }

    @Test
    void tenThousandStudiesThatEndMakeFewSeries() {
        int ofOneStudy = ofOneStudy();
        for (int i = 0; i < STUDIES; i++) {
            metrics.studyRuns("study-" + i);
            metrics.candidate("study-" + i, Outcome.MEASURED);
            metrics.studyEnded("study-" + i);
        }
        assertFewSeries(ofOneStudy);
    }
}
