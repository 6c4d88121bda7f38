package io.afterlearner.feedback.shell.topology;

import static io.afterlearner.feedback.core.metric.Metric.Aggregate.MEAN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.exposure.Attribution;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.SliceTally;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.core.exposure.TrackedExposure.Report;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.feedback.shell.StateJson;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mean load and the p95 of the latency are measured per slice of a second. */
class SliceTest extends TopologyFixture {
    private static final int MANY = TrackedExposure.MAX_REPORTS + 4;
    private static final StudySpec SLICED = sliced();

    private static StudySpec sliced() {
        OnlineSpec online = Specs.online(WINDOW_MILLIS, 100, 1_000, List.of());
        online.put(
                "metric",
                new Metric("load", Aggregate.MEAN, Goal.MINIMIZE, 0.0, 1.0, null, null, 1.0, null, Covariate.NONE));
        return Specs.study("s", online);
    }

    @BeforeEach
    void create() {
        topology.create(SLICED);
        topology.send(Specs.asked("s", 1, 0.5));
    }

    private ExposureTotals counted() {
        return topology.standings.of("s").orElseThrow().trials().get(0).own();
    }

    private double level(int metric) {
        return counted().tallies().get(metric).sums().mean();
    }

    @Test
    void moreReportsThanAUnitMaySendCountForASlice() {
        Assignment slice = exposed("a");
        for (int i = 0; i < MANY; i++) {
            topology.reported(slice, "e" + i, "load", i % 4 == 0 ? 1 : 0);
        }
        topology.reported(slice, "e" + (MANY - 1), "load", 1);
        topology.reported(slice, "e0", "latency", 100);
        topology.passes(WINDOW_MILLIS + 1_500);

        assertEquals(MANY + 1, topology.counted("counted"));
        assertEquals(1, topology.counted("duplicate"));
        assertEquals(0.25, level(0), 1e-12);
        assertEquals(0.1, level(1), 0.001);
        assertEquals(1, counted().exposures());
        assertEquals(
                List.of(1L, 1L), counted().tallies().stream().map(Tally::count).toList());
    }

    @Test
    void aQuantileOfSlicesIsJudgedByItsMean() {
        JudgingPlan plan = JudgingPlans.plan(SLICED, Objects.requireNonNull(SLICED.getOnline()));
        assertEquals(MEAN, plan.guardrails().get(0).metric().aggregate());
        assertEquals(0, plan.guardrails().get(0).metric().range().low());
    }

    @Test
    void aReportAfterRipeningCorrectsTheSlice() {
        Assignment slice = exposed("a");
        topology.reported(slice, "e", "load", 1);
        long happened = topology.nowMillis;
        topology.passes(WINDOW_MILLIS + 1_500);
        assertEquals(1, level(0));

        long now = topology.nowMillis;
        topology.nowMillis = happened;
        topology.reported(slice, "f", "load", 0);
        topology.nowMillis = now;

        assertEquals(1, topology.counted("late"));
        assertEquals(0.5, level(0));
        assertEquals(1, counted().goal().count());
    }

    @Test
    void reportsThatCameBeforeTheStudyWasKnownCount() {
        topology.studies.remove("s");
        Assignment slice = exposed("a");
        topology.reported(slice, "e", "load", 1);
        topology.studies.put(SLICED);
        topology.reported(slice, "e", "load", 1);
        topology.reported(slice, "f", "load", 0);
        topology.passes(WINDOW_MILLIS + 1_500);

        assertEquals(1, topology.counted("duplicate"));
        assertEquals(0.5, level(0));
    }

    @Test
    void theTallyOfASliceIsDeletedWithIt() {
        topology.reported(exposed("a"), "e", "load", 1);
        assertEquals(1, topology.stored("slices", "a"));
        topology.passes(2 * WINDOW_MILLIS + 2_500);
        assertEquals(0, topology.stored("slices", "a"));
    }

    /** After a restart, the tally is read from its store: the sums must not depend on that. */
    @Test
    void aTallyThatIsStoredAfterEachReportEqualsOneThatIsNot() {
        List<Attribution> attributions = JudgingPlans.attributions(Objects.requireNonNull(SLICED.getOnline()));
        StateJson<SliceTally> json = new StateJson<>(new TypeReference<>() {});
        SliceTally kept = SliceTally.none(attributions);
        SliceTally stored = kept;
        for (int i = 0; i < 1_500; i++) {
            Report report = new Report("e" + i, i % 3 == 0 ? "latency" : "load", 1.0 / (1 + i * 7919L % 1_000));
            kept = kept.plus(report, attributions);
            stored = json.decode(json.encode(stored)).plus(report, attributions);
        }
        assertEquals(kept, stored);
        assertEquals(kept.totals(attributions), stored.totals(attributions));
    }
}
