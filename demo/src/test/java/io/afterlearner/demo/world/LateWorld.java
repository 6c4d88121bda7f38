package io.afterlearner.demo.world;

import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.judge.Hold;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.judge.Pace;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.statistics.Range;
import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Visitors who come once, and of whom a fifth converts within 30 days: a third of these at once, the others days or weeks later. What a
 * candidate changes may be how many convert, or only how soon. A seed is the whole input.
 *
 * @see LateTest
 */
final class LateWorld {
    static final Duration WINDOW = Duration.ofDays(30);
    static final Duration EARLY = Duration.ofDays(1);
    static final double RATE = 0.2;
    static final double VISITORS_PER_DAY = 3_000;
    static final int EXPOSURES = 500;
    static final int BUDGET = 40;
    static final Metric CONVERSION = new Metric("conversion", Metric.Aggregate.MEAN, true, new Range(0, 1));

    private static final double AT_ONCE = 1.0 / 3;
    private static final double DELAY_DAYS = 7;
    private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** What candidates change: the best by this relative share, others by less. */
    record Change(Plane all, Plane early) {
        /** @param lift of all conversions, the early ones included */
        static Change of(double lift) {
            return new Change(new Plane(lift), new Plane(lift));
        }

        /** @param early relative gain of early conversions */
        static Change of(double lift, double early) {
            return new Change(new Plane(lift), new Plane(early));
        }
    }

    private record Due(long atMillis, Assignment of, boolean early, double value) {}

    final LoopedStudy study;
    private final Change change;
    private final JudgingPlan plan;
    private final SplittableRandom random;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>((one, other) -> Long.compare(one.atMillis(), other.atMillis()));
    private long visitors;
    /** Until the first promotion; infinite without one. */
    double promotedDays = Double.POSITIVE_INFINITY;

    /** @param early whether candidates are told by the values of a day */
    LateWorld(Change change, boolean early, long seed) {
        this.change = change;
        plan = plan(early ? EARLY.toMillis() : 0);
        random = new SplittableRandom(seed);
        study = new LoopedStudy(plan, 0, Plane.space(), 0.5, seed);
    }

    static JudgingPlan plan(long earlyMillis) {
        return new JudgingPlan(
                List.of(0.0, 0.0),
                0.2,
                0.4,
                4,
                BUDGET,
                CONVERSION,
                List.of(),
                WINDOW.toMillis(),
                earlyMillis,
                EXPOSURES,
                0.95,
                false,
                0,
                0,
                Pace.AT_ONCE);
    }

    /** The true relative gain of a candidate. */
    double effect(double[] values) {
        return change.all().effect(values);
    }

    /** Number of promotions of candidates that are worse than the shipped model. */
    long harmful() {
        return study.harmful(this::effect);
    }

    /** Runs until the study ends or so much time has passed. */
    LateWorld run(Duration most) {
        long end = study.now + most.toMillis();
        while (study.now < end && study.state.hold() == Hold.NONE) {
            study.now += Math.round(-StrictMath.log(1 - random.nextDouble()) * DAY_MILLIS / VISITORS_PER_DAY);
            ripen();
            visit();
            if (promotedDays > days() && study.champion()[0] != 0) {
                promotedDays = days();
            }
        }
        return this;
    }

    private void visit() {
        visitors++;
        Assignment got = study.assign("visitor-" + visitors).askedBy("shop");
        if (got.arm() == io.afterlearner.schemas.Arm.UNCOUNTED) {
            return;
        }
        double chance = RATE * (1 + effect(got.values()));
        double soon = Math.min(1, AT_ONCE * (1 + change.early().effect(got.values())) / (1 + effect(got.values())));
        boolean converts = random.nextDouble() < chance;
        boolean atOnce = random.nextDouble() < soon;
        double days = 1 - DELAY_DAYS * StrictMath.log(1 - random.nextDouble());
        boolean counts = converts && (atOnce || days < WINDOW.toDays());
        if (plan.isToldEarly()) {
            due.add(new Due(study.now + plan.earlyMillis(), got, true, converts && atOnce ? 1 : 0));
        }
        due.add(new Due(study.now + plan.windowMillis(), got, false, counts ? 1 : 0));
    }

    private void ripen() {
        for (Due next = due.peek(); next != null && next.atMillis() <= study.now; next = due.peek()) {
            due.remove();
            study.ripened(next.of(), next.early(), ExposureTotals.of(1, List.of(CONVERSION.tally(next.value()))));
        }
    }

    private double days() {
        return (study.now - 1_000_000) / DAY_MILLIS;
    }

    @Override
    public String toString() {
        return String.format(
                "effect %.3f, %d settled, %d duels, %.0f days, hold %s, %s",
                effect(study.champion()),
                study.state.settled(),
                study.state.contest().duels(),
                days(),
                study.state.hold(),
                study.actions());
    }
}
