package io.afterlearner.feedback;

import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.Denominator;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Guardrail;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Pace;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.Transform;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import io.afterlearner.schemas.Unit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Online studies for tests, with one ℵ-parameter: clicks are maximised, latency has a guardrail. */
public final class Specs {
    public static final long TIMEOUT_MILLIS = 86_400_000;

    private Specs() {}

    /** Control has a share of 0.2, exploration 0.5 in two slots. */
    public static StudySpec study(String study, long windowMillis, long exposures, List<Telemetry> telemetry) {
        return study(study, online(windowMillis, exposures, 0, telemetry));
    }

    public static OnlineSpec online(long windowMillis, long exposures, long sliceMillis, List<Telemetry> telemetry) {
        Metric click =
                new Metric("click", Aggregate.RATE, Goal.MAXIMIZE, 0.0, 1.0, 0.0, null, 1.0, null, Covariate.NONE);
        Metric latency = new Metric(
                "latency", Aggregate.P95, Goal.MINIMIZE, 0.0, 1_000.0, null, null, 1.0, null, Covariate.NONE);
        return new OnlineSpec(
                Unit.REQUEST,
                0.5,
                0.2,
                click,
                windowMillis,
                exposures,
                0.3,
                List.of(new Guardrail(latency, 1.5)),
                0.95,
                false,
                sliceMillis,
                0L,
                0L,
                telemetry,
                new Pace(0L, 0L, 0L, List.of()),
                0L);
    }

    /** Revenue per session; of a unit 4 sessions count. */
    public static Metric revenuePerSession() {
        return new Metric(
                "revenue",
                Aggregate.RATIO,
                Goal.MAXIMIZE,
                0.0,
                20.0,
                null,
                null,
                1.0,
                new Denominator("sessions", 4.0),
                Covariate.NONE);
    }

    /** The same study, of users, with values adjusted by what they did before. */
    public static StudySpec adjusted(StudySpec plain) {
        OnlineSpec online = Objects.requireNonNull(plain.getOnline());
        Metric goal = Metric.newBuilder(online.getMetric())
                .setCovariate(Covariate.PAST)
                .build();
        return StudySpec.newBuilder(plain)
                .setOnline(OnlineSpec.newBuilder(online)
                        .setUnit(Unit.USER)
                        .setMetric(goal)
                        .build())
                .build();
    }

    public static StudySpec study(String study, OnlineSpec online) {
        AlephGroup aleph = new AlephGroup(
                "w",
                null,
                Transform.VALUE,
                Granularity.TENSOR,
                0,
                List.of(),
                Kind.REAL,
                -1.0,
                1.0,
                false,
                null,
                List.of(0.0),
                List.of());
        return StudySpec.newBuilder()
                .setStudy(study)
                .setName(study)
                .setCreatedAtMillis(1)
                .setAleph(List.of(aleph))
                .setOptimizer(new OptimizerSpec("auto", 20L, 2, 1L, 1, Noise.SOME, TellOrder.ARRIVAL))
                .setEvaluation(new EvaluationSpec(TIMEOUT_MILLIS, "online", 0, Map.of(), 0.0, 3_600_000L))
                .setOnline(online)
                .build();
    }

    /** What a study serves that explores one candidate. */
    public static Arms arms(String study, long number, double value) {
        ArmValues shipped = new ArmValues(0L, List.of(0.0), 1L);
        ArmValues explored = new ArmValues(number, List.of(value), 1L);
        return new Arms(
                study,
                1L,
                1L,
                "test",
                "test",
                ArmsState.EXPLORING,
                0.2,
                0.5,
                1_000L,
                0L,
                "salt",
                shipped,
                shipped,
                List.of(explored),
                0L,
                0L,
                null,
                1.0,
                List.of(),
                List.of());
    }

    /** The event of a candidate that the optimizer asked. */
    public static TrialEvent asked(String study, long number, double value) {
        return TrialEvent.newBuilder()
                .setStudy(study)
                .setSequence(number + 1)
                .setAtMillis(System.currentTimeMillis())
                .setType(TrialEventType.ASKED)
                .setNumber(number)
                .setValues(List.of(value))
                .setLoss(null)
                .setStandardError(null)
                .setReason(null)
                .setBy(null)
                .build();
    }
}
