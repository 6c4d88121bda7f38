package io.afterlearner.demo.online;

import io.afterlearner.demo.report.OnlineResult;
import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.demo.world.Catalogue;
import io.afterlearner.demo.world.Ranker;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The course of the demo, from the first visit to the revert. */
final class OnlineDemo {
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(15);
    private static final Duration DRIFT_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration DUEL_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration SHOWN_AFTER_REVERT = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Console console;
    private final Session session;
    private final long seed;
    private final int visits;
    private final boolean drifts;
    private final Path folder = Repository.root().resolve("examples/online");
    private final StudySpec spec;
    private final Shop shop;
    private final OnlineWatch watch;
    private int step = 1;

    /** Creates the study and starts the production server. */
    OnlineDemo(Console console, Session session, long seed, int candidates, int visits, boolean drifts)
            throws InterruptedException {
        this.console = console;
        this.session = session;
        this.seed = seed;
        this.visits = visits;
        this.drifts = drifts;
        spec = spec(candidates);
        session.optimizer().create(spec);
        shop = new Shop(session, spec.getStudy(), folder);
        watch = new OnlineWatch(console, session, shop, spec.getStudy());
    }

    private StudySpec spec(int candidates) {
        Path file = folder.resolve("study.yaml");
        StudySpec example = new Resolver(StudyFile.read(file.toString(), file, folder)).spec();
        OptimizerSpec optimizer = OptimizerSpec.newBuilder(example.getOptimizer())
                .setSeed(seed)
                .setBudget(candidates)
                .build();
        return StudySpec.newBuilder(example).setOptimizer(optimizer).build();
    }

    OnlineCourse run() throws IOException, InterruptedException {
        if (!Poll.untilTrue(READY_TIMEOUT, LOOK_EVERY, this::isReady)) {
            throw new StackException("the production server is not ready after " + READY_TIMEOUT.toSeconds() + " s");
        }
        shop.open(session, folder, seed, visits);
        explore();
        OnlineCourse.Seen before = watch.seen();
        Double driftedAt = drifts ? drift() : null;
        OnlineCourse.Seen after = driftedAt == null ? null : exploreAgain();
        Revert revert = revert();
        return new OnlineCourse(
                before,
                driftedAt,
                after,
                revert,
                shop.streams(),
                session.topics().trials(spec.getStudy()),
                session.topics().audit(spec.getStudy()));
    }

    /** Adds what only the simulator knows. This takes some seconds of CPU time, so the processes of the demo should have ended. */
    OnlineResult result(OnlineCourse course) throws IOException {
        Catalogue catalogue = Catalogue.read(folder.resolve("catalogue.csv"));
        try (Ranker ranker = Ranker.open(folder.resolve("ranker.onnx"), catalogue)) {
            return new OnlineFindings(ranker, catalogue, seed, spec, watch).result(course);
        }
    }

    private boolean isReady() throws InterruptedException {
        session.requireServices();
        return shop.isReady();
    }

    private void announce(String what) {
        step++;
        console.note("[" + step + "/" + (drifts ? 4 : 3) + "] " + what);
    }

    private void explore() throws InterruptedException {
        OnlineSpec online = spec.getOnline();
        announce(String.format(
                Locale.ROOT,
                "%d visits per second: %.0f %% of the users get ℵ₀, %.0f %% get one of %d candidates, %d at a time,"
                        + " all others get the champion",
                visits,
                100 * online.getControlShare(),
                100 * online.getExploreShare(),
                spec.getOptimizer().getBudget(),
                spec.getOptimizer().getParallelism()));
        untilSettled();
    }

    /** Until the budget is spent and, for a while, until the last recommended candidate has had its duel. */
    private void untilSettled() throws InterruptedException {
        if (!look(SETTLE_TIMEOUT, watch::isSettled)) {
            throw new StackException("the candidates are not settled after " + SETTLE_TIMEOUT.toSeconds() + " s");
        }
        var unused = look(DUEL_TIMEOUT, watch::isSpent);
    }

    /** Watches until the condition holds; returns whether it does. */
    private boolean look(Duration within, Poll.Condition condition) throws InterruptedException {
        return Poll.untilTrue(within, LOOK_EVERY, () -> {
            session.requireServices();
            watch.look();
            return condition.holds();
        });
    }

    private double drift() throws IOException, InterruptedException {
        shop.drift();
        announce("the users' taste drifts; once this is detected, the study gets the same budget again");
        return watch.rewards().seconds();
    }

    private OnlineCourse.Seen exploreAgain() throws InterruptedException {
        long before = watch.budget();
        if (look(DRIFT_TIMEOUT, () -> watch.budget() > before)) {
            untilSettled();
        } else {
            console.note("the drift was too small to be detected");
        }
        return watch.seen();
    }

    private @Nullable Revert revert() throws InterruptedException {
        announce("reverting all users to ℵ₀ by one record");
        watch.reverted();
        Revert revert = new RevertProbe(shop, session.reverting()).measured(spec.getStudy());
        // The chart also shows the rewards after the revert.
        var unused = look(SHOWN_AFTER_REVERT, () -> false);
        return revert;
    }
}
