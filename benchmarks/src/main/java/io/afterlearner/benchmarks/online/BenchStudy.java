package io.afterlearner.benchmarks.online;

import io.afterlearner.benchmarks.Aleph;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Pace;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An online study whose window outlasts any measurement: it keeps all events and tells nothing. */
final class BenchStudy {
    static final String METRIC = "reward";

    private static final long WINDOW_MILLIS = Duration.ofDays(1).toMillis();

    private BenchStudy() {}

    static StudySpec spec(String study, int dimension) {
        return StudySpec.newBuilder()
                .setStudy(study)
                .setName("bench")
                .setCreatedAtMillis(System.currentTimeMillis())
                .setAleph(Aleph.cube(dimension))
                .setOptimizer(new OptimizerSpec("auto", 1_000L, 4, 1L, 1, Noise.SOME, TellOrder.ARRIVAL))
                .setEvaluation(new EvaluationSpec(7 * WINDOW_MILLIS, OnlineRules.POOL, 0, Map.of(), 0.0, 3_600_000L))
                .setOnline(online())
                .build();
    }

    private static OnlineSpec online() {
        Metric reward =
                new Metric(METRIC, Aggregate.MEAN, Goal.MAXIMIZE, 0.0, 1.0, 0.0, null, 1.0, null, Covariate.NONE);
        return new OnlineSpec(
                Unit.USER,
                0.5,
                0.2,
                reward,
                WINDOW_MILLIS,
                1_000_000L,
                0.3,
                List.of(),
                0.95,
                false,
                0L,
                0L,
                0L,
                List.of(),
                new Pace(0L, 0L, 0L, List.of()),
                0L);
    }
}
