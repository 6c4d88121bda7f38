package io.afterlearner.feedback.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {

    /** A reported value would be added to the one that Prometheus answers. */
    @Test
    void aMetricThatIsAQueryIsNotReported() {
        OnlineSpec online = Specs.online(4_000, 100, 10_000, List.of());
        online.put("metric", new Metric("load", Aggregate.MEAN, Goal.MINIMIZE, 0.0, 1.0, null, "load[{{slice}}]", 1.0));
        OnlineStudy study = OnlineStudy.of(Specs.study("s", online)).orElseThrow();

        RejectedReport refused = assertThrows(RejectedReport.class, () -> Reports.checkMetric(study, "load"));
        assertEquals(
                new FeedbackResource.Refused(
                        0, 400, "metric", "load is measured by a query to Prometheus; do not report it"),
                refused.at(0));
        assertDoesNotThrow(() -> Reports.checkMetric(study, "latency"));
    }
}
