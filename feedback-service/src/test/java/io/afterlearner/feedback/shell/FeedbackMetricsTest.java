package io.afterlearner.feedback.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.shell.StudyCounters.Fate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class FeedbackMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FeedbackMetrics metrics = Metered.in(registry);

    private double reports(String study) {
        return Metered.count(registry, "reports", "study", study);
    }

    @Test
    void eachStudyHasItsReportsUntilItIsDeleted() {
        metrics.begun("shop");
        metrics.begun("news");
        metrics.of("shop").reported(Fate.COUNTED);
        metrics.of("shop").reported(Fate.DUPLICATE);
        metrics.of("news").reported(Fate.LATE);
        assertEquals(2, reports("shop"));
        assertEquals(1, reports("news"));
        metrics.deleted("shop");
        assertEquals(
                0,
                registry.find("afterlearner.feedback.reports")
                        .tag("study", "shop")
                        .counters()
                        .size());
        assertEquals(1, reports("news"));
    }

    @Test
    void aRecordThatNamesAStudyThatDoesNotExistMakesNoSeries() {
        metrics.of("made-up").exposed();
        assertEquals(0, Metered.count(registry, "exposures", "study", "made-up"));
        assertEquals(1, Metered.count(registry, "exposures", "study", "other"));
    }

    @Test
    void tenThousandStudiesAndAsManyNamesThatDoNotExistMakeFewSeries() {
        metrics.begun("shop");
        int seriesOfOneStudy = registry.getMeters().size();
        for (int i = 0; i < 10_000; i++) {
            metrics.begun("study-" + i);
            metrics.of("study-" + i).exposed();
            metrics.of("made-up-" + i).exposed();
        }
        int series = registry.getMeters().size();
        assertTrue(series <= 101 * seriesOfOneStudy, series + " series");
        assertEquals(20_000, Metered.count(registry, "exposures"));
    }
}
