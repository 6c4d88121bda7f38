package io.afterlearner.demo.world;

import io.afterlearner.client.Assignment;
import io.afterlearner.demo.world.AccountsKind.Goal;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.core.exposure.UnitPast;
import io.afterlearner.feedback.core.judge.Hold;
import io.afterlearner.feedback.core.metric.Adjustment;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Accounts that return, with a simulated clock. Each has a rate of visits and a level of its own, which differ much between accounts;
 * what a candidate changes is known. A seed is the whole input.
 */
final class AccountsWorld {
    /** Who asks for assignments: each client has the same share of the accounts, or of the requests. */
    enum Clients {
        ONE,
        THREE,
        /** One of three reports a conversion for each unit that gets a candidate worse than the shipped model. */
        POISONED
    }

    private static final List<String> NAMES = List.of("shop", "app", "poisoner");

    private static final long WINDOW_MILLIS = Duration.ofMinutes(30).toMillis();
    private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();
    static final double RATE = 0.2;
    static final double SPENDING = 1.2;
    private static final Metric CONVERSION = new Metric("conversion", Metric.Aggregate.MEAN, true, new Range(0, 1));
    private static final Range COUNT = new Range(0, 10);
    private static final Range REVENUE = new Range(0, 200);

    /** An exposure that is not ripe yet, or may still be corrected. */
    private static final class Open {
        final Assignment of;
        final int account;
        double past = TrackedExposure.NO_PAST;
        double sum;
        double counted = Double.NaN;

        Open(Assignment of, int account) {
            this.of = of;
            this.account = account;
        }
    }

    final LoopedStudy study;
    final AccountsKind kind;
    private final Plane plane;
    private final Metric metric;
    private final SplittableRandom random;
    final double[] levels;
    final double[] busy;
    private final Map<String, Open> open = new HashMap<>();
    private final ArrayDeque<Open> due = new ArrayDeque<>();
    private final Clients clients;
    private final UnitPast[] pasts;

    long visits;

    AccountsWorld(AccountsKind kind, Clients clients, long seed) {
        this.kind = kind;
        this.clients = clients;
        plane = new Plane(kind.lift());
        metric = metric(kind);
        pasts = new UnitPast[Math.max(1, kind.accounts())];
        Arrays.fill(pasts, UnitPast.none("study", 0));
        random = new SplittableRandom(seed);
        levels = random.doubles(Math.max(1, kind.accounts()))
                .map(u -> kind.levels() * gaussian())
                .toArray();
        busy = cumulative(levels.length);
        study = new LoopedStudy(
                Plane.plan(metric, kind.budget(), WINDOW_MILLIS, kind.exposures(), kind.pace()),
                kind.accounts() == 0 ? 0 : WINDOW_MILLIS,
                Plane.space(),
                0.5,
                seed);
    }

    private static Metric metric(AccountsKind kind) {
        Metric raw = switch (kind.goal()) {
            case RATE -> CONVERSION;
            case COUNT -> new Metric("conversions", Metric.Aggregate.MEAN, true, COUNT);
            case REVENUE -> new Metric("revenue", Metric.Aggregate.MEAN, true, REVENUE, kind.winsorise());
        };
        return kind.past() ? raw.adjusted(Adjustment.NONE) : raw;
    }

    /** A few accounts make most visits. */
    private double[] cumulative(int accounts) {
        double[] sums = new double[accounts];
        double sum = 0;
        for (int i = 0; i < accounts; i++) {
            sum += StrictMath.exp(gaussian());
            sums[i] = sum;
        }
        return sums;
    }

    private double gaussian() {
        return Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /** The true relative gain of a candidate. */
    double effect(double[] values) {
        return plane.effect(values);
    }

    /** Number of promotions of candidates that are worse than the shipped model. */
    long harmful() {
        return study.harmful(this::effect);
    }

    /** Runs until the study ends or so much time has passed. */
    AccountsWorld run(Duration most) {
        long end = study.now + most.toMillis();
        while (study.now < end && study.state.hold() == Hold.NONE) {
            double busyNow = 1 + kind.season() * season();
            study.now += Math.round(
                    -StrictMath.log(1 - random.nextDouble()) * WINDOW_MILLIS / kind.visitsPerWindow() / busyNow);
            ripen();
            visit();
        }
        return this;
    }

    private double season() {
        return StrictMath.sin(2 * Math.PI * study.now / DAY_MILLIS);
    }

    private void visit() {
        visits++;
        int account = kind.accounts() == 0 ? 0 : account();
        double level = kind.accounts() == 0 ? kind.levels() * gaussian() : levels[account];
        long turn = kind.accounts() == 0 ? visits : account;
        String client = clients == Clients.ONE ? NAMES.get(0) : NAMES.get((int) (turn % NAMES.size()));
        Assignment got = study.assign(kind.accounts() == 0 ? "request-" + visits : "account-" + account)
                .askedBy(client);
        if (got.arm() == io.afterlearner.schemas.Arm.UNCOUNTED) {
            return;
        }
        Open exposure = open.computeIfAbsent(got.id(), id -> begin(got, account));
        double effect = effect(got.values());
        boolean lies = clients == Clients.POISONED && client.equals("poisoner") && effect < 0;
        double value = lies ? 1 : outcome(level, effect);
        exposure.sum = kind.goal() == Goal.RATE ? Math.max(exposure.sum, value) : exposure.sum + value;
        if (!Double.isNaN(exposure.counted)) {
            Tally late = tally(exposure, exposure.sum).minus(tally(exposure, exposure.counted));
            exposure.counted = exposure.sum;
            study.ripened(exposure.of, false, ExposureTotals.of(0, List.of(late)));
        }
    }

    private int account() {
        double at = random.nextDouble() * busy[busy.length - 1];
        int found = Arrays.binarySearch(busy, at);
        return found < 0 ? -found - 1 : found;
    }

    private double outcome(double level, double effect) {
        double times = StrictMath.exp(level) * (1 + kind.season() * season() / 2) * (1 + effect);
        double chance = Math.min(0.95, RATE * (kind.goal() == Goal.REVENUE ? 1 : times));
        if (random.nextDouble() >= chance) {
            return 0;
        }
        return kind.goal() != Goal.REVENUE ? 1 : times * StrictMath.exp(SPENDING * gaussian());
    }

    private Tally tally(Open exposure, double sum) {
        Tally tally = metric.tally(sum);
        return exposure.past == TrackedExposure.NO_PAST ? tally : tally.paired(exposure.past);
    }

    private Open begin(Assignment got, int account) {
        Open exposure = new Open(got, account);
        if (kind.past()) {
            exposure.past = pasts[account].before(got.drawnAtMillis());
        }
        due.add(exposure);
        return exposure;
    }

    private void ripen() {
        while (!due.isEmpty() && due.peek().of.expiresAtMillis() <= study.now) {
            Open exposure = due.remove();
            exposure.counted = exposure.sum;
            Tally tally = tally(exposure, exposure.sum);
            pasts[exposure.account] =
                    pasts[exposure.account].plus(tally.sums().mean(), exposure.of.expiresAtMillis(), 0);
            study.ripened(exposure.of, false, ExposureTotals.of(1, List.of(tally)));
        }
    }

    /** What happened, in one line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: effect %.3f, %d settled, %d duels, %d visits, %.1f days, hold %s, %s",
                kind.name(),
                effect(study.champion()),
                study.state.settled(),
                study.state.contest().duels(),
                visits,
                (study.now - 1_000_000) / DAY_MILLIS,
                study.state.hold(),
                study.actions());
    }
}
