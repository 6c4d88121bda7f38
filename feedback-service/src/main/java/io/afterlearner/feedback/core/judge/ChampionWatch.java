package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.ReportCounts;
import io.afterlearner.feedback.core.exposure.ReportFlow;
import io.afterlearner.feedback.core.statistics.DriftDetector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The champion's measurement since its promotion, or since the latest step of its ramp, and drift detection of two levels: the shipped
 * model's, which no promotion changes, and the champion's, which may suffer where the shipped model does not.
 *
 * @param reopened how often the search was reopened
 * @param flows whether reports arrive, by metric
 * @param pool how often exposures to the candidates settled so far had values, by slot
 */
public record ChampionWatch(
        ArmMeasurement champion,
        DriftDetector shippedDrift,
        DriftDetector championDrift,
        int reopened,
        List<ReportFlow> flows,
        List<ReportCounts> pool) {
    /** Without a report in so many times the exposures of a candidate, a metric cannot tell candidates apart, if anybody reports it. */
    private static final long UNREPORTED = 10;

    public ChampionWatch {
        flows = List.copyOf(flows);
        pool = List.copyOf(pool);
    }

    static ChampionWatch over(ArmValues champion, JudgingPlan plan) {
        DriftDetector drift = DriftDetector.since(champion.sinceMillis());
        return new ChampionWatch(
                ArmMeasurement.byClient(champion, plan), drift, drift, 0, noFlows(plan), noCounts(plan));
    }

    private static List<ReportFlow> noFlows(JudgingPlan plan) {
        return Collections.nCopies(plan.metrics(), ReportFlow.NONE);
    }

    private static List<ReportCounts> noCounts(JudgingPlan plan) {
        return Collections.nCopies(plan.slots(), ReportCounts.none(plan.metrics()));
    }

    /** Forgets how reports arrived: a person says that they do now. */
    ChampionWatch waitingForReports(JudgingPlan plan) {
        return new ChampionWatch(champion, shippedDrift, championDrift, reopened, noFlows(plan), noCounts(plan));
    }

    /** Adds a candidate that is settled. */
    ChampionWatch settled(int slot, ArmMeasurement candidate) {
        List<ReportCounts> counts = new ArrayList<>(pool);
        counts.set(slot, counts.get(slot).plus(ReportCounts.of(candidate.own(), candidate.control())));
        return new ChampionWatch(champion, shippedDrift, championDrift, reopened, flows, counts);
    }

    ChampionWatch crowning(ArmValues next, JudgingPlan plan) {
        return new ChampionWatch(
                ArmMeasurement.byClient(next, plan),
                shippedDrift,
                DriftDetector.since(next.sinceMillis()),
                reopened,
                flows,
                pool);
    }

    /** After a drift, or while nobody explored, the levels may be others. Whether reports arrive does not change by that. */
    ChampionWatch anew(ArmValues champion, JudgingPlan plan) {
        DriftDetector drift = DriftDetector.since(champion.sinceMillis());
        return new ChampionWatch(ArmMeasurement.byClient(champion, plan), drift, drift, reopened, flows, pool);
    }

    ChampionWatch reopening() {
        return new ChampionWatch(champion, shippedDrift, championDrift, reopened + 1, flows, pool);
    }

    ChampionWatch notAfter(long nowMillis) {
        return new ChampionWatch(
                champion.notAfter(nowMillis),
                shippedDrift.notAfter(nowMillis),
                championDrift.notAfter(nowMillis),
                reopened,
                flows.stream().map(flow -> flow.notAfter(nowMillis)).toList(),
                pool);
    }

    ChampionWatch plus(Input.Ripened ripened, JudgingPlan plan) {
        if (ripened.arm() == Arm.EXPLORE) {
            return this;
        }
        boolean shipped = ripened.number() == 0;
        return new ChampionWatch(
                champion.plus(ripened, ripened.arm() == Arm.CHAMPION),
                shipped ? plus(shippedDrift, ripened, plan) : shippedDrift,
                shipped ? championDrift : plus(championDrift, ripened, plan),
                reopened,
                flow(ripened, plan.isToldEarly()),
                pool);
    }

    /** Early values show whether the metric that candidates are told by is reported, and that others are. */
    ChampionWatch heard(Input.Ripened ripened) {
        return ripened.arm() == Arm.EXPLORE
                ? this
                : new ChampionWatch(champion, shippedDrift, championDrift, reopened, flow(ripened, true), pool);
    }

    private static DriftDetector plus(DriftDetector drift, Input.Ripened ripened, JudgingPlan plan) {
        return drift.plus(
                plan.metric().sample(ripened.totals().goal()),
                ripened.drawnAtMillis(),
                plan.driftBlock(),
                plan.pace().driftCycleMillis());
    }

    /** Control is there at all times, so it says how often reports come; those of the champion show that they arrive at all. */
    private List<ReportFlow> flow(Input.Ripened ripened, boolean isToldEarly) {
        ExposureTotals totals = ripened.totals();
        return IntStream.range(0, flows.size())
                .mapToObj(i -> {
                    ReportFlow flow = flows.get(i);
                    long reported = totals.reported().get(i);
                    // Other metrics, such as returned orders, need not be reported before the window is over.
                    boolean counts = !isToldEarly || ripened.early() == (i == 0);
                    return ripened.arm() == Arm.CHAMPION || !counts
                            ? flow.heard(reported)
                            : flow.plus(
                                    ripened.atMillis(),
                                    totals.exposures(),
                                    reported,
                                    totals.tallies().get(i).count());
                })
                .toList();
    }

    /** Why the first metric is not reported any more, or not yet; null if each is. */
    Reason.@Nullable NoReports noReports(JudgingPlan plan, long nowMillis) {
        return IntStream.range(0, flows.size())
                .filter(i -> flows.get(i)
                        .isDry(
                                nowMillis - plan.latenessMillis(plan.ageMillis(i == 0 && plan.isToldEarly())),
                                UNREPORTED * plan.exposures()))
                .mapToObj(i -> new Reason.NoReports(plan.metric(i), flows.get(i).silent()))
                .findFirst()
                .orElse(null);
    }
}
