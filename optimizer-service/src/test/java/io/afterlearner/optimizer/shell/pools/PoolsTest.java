package io.afterlearner.optimizer.shell.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.observability.ServiceMeters;
import io.afterlearner.optimizer.shell.IncumbentRecords;
import io.afterlearner.optimizer.shell.Messages;
import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an autoscaler of evaluators sees. It computes from the tables alone, which every instance has. */
class PoolsTest {
    private final Map<StudySpec, Incumbent> known = new LinkedHashMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KnownStudies studies = new KnownStudies() {
        @Override
        public List<StudySpec> specs() {
            return List.copyOf(known.keySet());
        }

        @Override
        public Incumbent incumbent(StudySpec spec) {
            return known.get(spec);
        }

        @Override
        public boolean awaitsVerdict(StudySpec spec) {
            return spec.getStudy().startsWith("judged");
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    };
    private final Pools pools = new Pools(
            studies,
            new LoopMetrics(registry, new ServiceMeters(registry), 10),
            new PoolLag(KafkaSettings.of(Map.of()), studies, registry, Duration.ZERO));

    private void study(String name, String pool, StudyStatus status, long asked, long told) {
        StudySpec spec = Messages.spec(name, 10, 2);
        spec.getEvaluation().put("pool", pool);
        known.put(
                spec,
                Incumbent.newBuilder(IncumbentRecords.unbegun(spec))
                        .setStatus(status)
                        .setAsked(asked)
                        .setTold(told)
                        .build());
    }

    @Test
    void anUnusedPoolHasNothingToDo() {
        study("other", "cpu", StudyStatus.RUNNING, 5, 3);
        Pools.Figures gpu = pools.figures("gpu");
        assertEquals(List.of(0L, 0L, 0L), List.of(gpu.studies(), gpu.outstanding(), gpu.verdicts()));
    }

    @Test
    void whatAPausedStudyHasAskedStillCounts() {
        study("running", "gpu", StudyStatus.RUNNING, 5, 3);
        study("paused", "gpu", StudyStatus.PAUSED, 4, 3);
        study("idle", "gpu", StudyStatus.PAUSED, 4, 4);
        assertEquals(3, pools.figures("gpu").outstanding());
    }

    @Test
    void aStudyThatHasEndedNeedsAnEvaluatorForItsVerdictAlone() {
        study("stopped", "gpu", StudyStatus.STOPPED, 5, 3);
        study("judged", "gpu", StudyStatus.FINISHED, 10, 10);
        Pools.Figures gpu = pools.figures("gpu");
        assertEquals(List.of(0L, 0L, 1L), List.of(gpu.studies(), gpu.outstanding(), gpu.verdicts()));
    }

    private double work(String pool) {
        Gauge gauge = registry.find("afterlearner.pool.work").tag("pool", pool).gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    @Test
    void theWorkOfEachPoolIsShownAsLongAsItHasStudies() {
        PoolWork work = new PoolWork(studies, pools, registry);
        study("running", "gpu", StudyStatus.RUNNING, 5, 3);
        study("judged", "gpu", StudyStatus.FINISHED, 10, 10);
        study("clicks", "online", StudyStatus.RUNNING, 5, 3);
        work.look();
        assertEquals(3, work("gpu"));
        assertEquals(pools.figures("gpu").work(), (long) work("gpu"), "what an autoscaler reads");
        assertEquals(Double.NaN, work("online"));
        known.clear();
        assertEquals(0, work("gpu"), "read at the scrape");
        work.look();
        assertEquals(Double.NaN, work("gpu"));
    }
}
