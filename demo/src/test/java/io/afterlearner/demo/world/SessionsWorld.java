package io.afterlearner.demo.world;

import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.judge.Hold;
import io.afterlearner.feedback.core.judge.Pace;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Metric.Per;
import io.afterlearner.feedback.core.statistics.Range;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Accounts that return, each with 1 to 50 sessions in a visit, of which a few accounts have most. In a visit an account is in a mood to
 * buy, or not, so that its sessions are far from independent. The metric is purchases per session. A seed is the whole input.
 *
 * @see SessionsTest
 */
final class SessionsWorld {
    private static final long WINDOW_MILLIS = Duration.ofMinutes(30).toMillis();
    private static final int ACCOUNTS = 500;
    private static final double VISITS_PER_WINDOW = 400;
    private static final int MOST = 50;
    private static final Per SESSIONS = new Per("sessions", MOST);
    private static final Metric PURCHASES = Metric.ratio("purchases", SESSIONS, true, new Range(0, 1));

    private static final class Open {
        final Assignment of;
        double purchases;
        double sessions;

        Open(Assignment of) {
            this.of = of;
        }
    }

    final LoopedStudy study;
    private final Plane plane;
    private final SplittableRandom random;
    private final double[] busy = new double[ACCOUNTS];
    private final Map<String, Open> open = new HashMap<>();
    private final ArrayDeque<Open> due = new ArrayDeque<>();

    /** @param lift relative gain of the best candidate; 0: all candidates are like the shipped model */
    SessionsWorld(double lift, int exposures, long seed) {
        plane = new Plane(lift);
        random = new SplittableRandom(seed);
        for (int i = 0; i < ACCOUNTS; i++) {
            busy[i] = 1 / Math.sqrt(1 - random.nextDouble());
        }
        study = new LoopedStudy(
                Plane.plan(PURCHASES, 40, WINDOW_MILLIS, exposures, Pace.AT_ONCE),
                WINDOW_MILLIS,
                Plane.space(),
                0.5,
                seed);
    }

    /** The true relative gain of a candidate. */
    double effect(double[] values) {
        return plane.effect(values);
    }

    /** Runs until the study ends or so much time has passed. */
    SessionsWorld run(Duration most) {
        long end = study.now + most.toMillis();
        while (study.now < end && study.state.hold() == Hold.NONE) {
            study.now += Math.round(-StrictMath.log(1 - random.nextDouble()) * WINDOW_MILLIS / VISITS_PER_WINDOW);
            ripen();
            visit(random.nextInt(ACCOUNTS));
        }
        return this;
    }

    private void visit(int account) {
        Assignment got = study.assign("account-" + account).askedBy("shop");
        if (got.arm() == io.afterlearner.schemas.Arm.UNCOUNTED) {
            return;
        }
        Open exposure = open.get(got.id());
        if (exposure == null) {
            exposure = new Open(got);
            open.put(got.id(), exposure);
            due.add(exposure);
        }
        int sessions = (int) Math.min(MOST, Math.floor(2 * busy[account] * random.nextDouble()) + 1);
        double chance = (random.nextDouble() < 0.3 ? 0.5 : 0.1) * (1 + effect(got.values()));
        for (int i = 0; i < sessions; i++) {
            exposure.purchases += random.nextDouble() < chance ? 1 : 0;
        }
        exposure.sessions += sessions;
    }

    private void ripen() {
        while (!due.isEmpty() && due.element().of.expiresAtMillis() <= study.now) {
            Open exposure = due.remove();
            open.remove(exposure.of.id());
            study.ripened(
                    exposure.of,
                    false,
                    ExposureTotals.of(1, List.of(PURCHASES.tally(exposure.purchases, SESSIONS, exposure.sessions))));
        }
    }

    @Override
    public String toString() {
        return "lift " + plane.lift() + ": effect " + effect(study.champion()) + ", " + study.promotions()
                + " promoted, " + study.state.settled() + " settled, "
                + study.state.contest().duels() + " duels, "
                + Duration.ofMillis(study.now - 1_000_000).toHours() + " h, hold " + study.state.hold();
    }
}
