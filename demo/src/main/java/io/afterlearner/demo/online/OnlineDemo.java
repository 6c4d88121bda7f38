package io.afterlearner.demo.online;

import io.afterlearner.demo.report.OnlineResult;
import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.demo.world.Catalogue;
import io.afterlearner.demo.world.Ranker;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the example from its first visit to its revert. */
final class OnlineDemo {
    private static final long READY_WITHIN_MILLIS = 60_000;
    private static final long PHASE_WITHIN_MILLIS = 900_000;
    private static final long NOTICED_WITHIN_MILLIS = 60_000;
    private static final long JUDGED_WITHIN_MILLIS = 15_000;
    private static final long SEEN_MILLIS = 5_000;
    private static final long LOOK_MILLIS = 1_000;

    private final Console console;
    private final Session session;
    private final long seed;
    private final int visits;
    private final boolean drifts;
    private final Path folder = Repository.root().resolve("examples/online");
    private final StudySpec spec;
    private final Shop shop;
    private final OnlineWatch watch;
    private final int steps;
    private int step = 1;
    private long budget = Long.MAX_VALUE;

    /** Begins the study and opens the shop. */
    OnlineDemo(Console console, Session session, long seed, int candidates, int visits, boolean drifts)
            throws InterruptedException {
        this.console = console;
        this.session = session;
        this.seed = seed;
        this.visits = visits;
        this.drifts = drifts;
        steps = drifts ? 4 : 3;
        spec = spec(candidates);
        session.optimizer().create(spec);
        shop = new Shop(session, spec.getStudy(), folder);
        watch = new OnlineWatch(console, shop, session.topics(), spec.getStudy());
    }

    private StudySpec spec(int candidates) {
        Path file = folder.resolve("study.yaml");
        StudySpec plain = new Resolver(StudyFile.read(file.toString(), file, folder)).spec();
        OptimizerSpec optimizer = OptimizerSpec.newBuilder(plain.getOptimizer())
                .setSeed(seed)
                .setBudget(candidates)
                .build();
        return StudySpec.newBuilder(plain).setOptimizer(optimizer).build();
    }

    OnlineResult run() throws IOException, InterruptedException {
        await("the production server is not ready", shop::isReady, READY_WITHIN_MILLIS);
        shop.open(session, folder, seed, visits);
        Catalogue catalogue = Catalogue.read(folder.resolve("catalogue.csv"));
        try (Ranker ranker = Ranker.open(folder.resolve("ranker.onnx"), catalogue)) {
            OnlineFindings findings = new OnlineFindings(ranker, catalogue, seed, spec, watch);
            explain();
            untilSettled();
            Phase before = findings.phase(false, ranker.shipped(), shop.standing());
            Double driftedAt = drifts ? drift() : null;
            Phase after = driftedAt == null ? null : regained(findings);
            Revert revert = revert();
            return findings.result(before, driftedAt, after, revert, shop.streams(), session.topics());
        }
    }

    private void step(String what) {
        step++;
        console.note("[" + step + "/" + steps + "] " + what);
    }

    private void explain() {
        OnlineSpec online = spec.getOnline();
        step(String.format(
                Locale.ROOT,
                "%d visits a second: %.0f %% of the users stay on ℵ₀, %.0f %% meet %d candidates, %d at a time, all others the champion",
                visits,
                100 * online.getControlShare(),
                100 * online.getExploreShare(),
                spec.getOptimizer().getBudget(),
                spec.getOptimizer().getParallelism()));
    }

    /** A condition that may need a while. */
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private boolean await(Condition condition, long withinMillis) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + withinMillis * 1_000_000;
        while (!condition.holds()) {
            Optional<String> failure = session.failure();
            if (failure.isPresent()) {
                throw new StackException(failure.get());
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private void await(String otherwise, Condition condition, long withinMillis)
            throws IOException, InterruptedException {
        if (!await(condition, withinMillis)) {
            throw new StackException(otherwise + " after " + withinMillis / 1_000 + " s");
        }
    }

    /** Each candidate told or failed; and whoever would be champion has a while to be judged. */
    private void untilSettled() throws IOException, InterruptedException {
        await("the candidates are not settled", () -> looked() && watch.settled() >= budget, PHASE_WITHIN_MILLIS);
        await(() -> looked() && watch.isSpent(), JUDGED_WITHIN_MILLIS);
    }

    private boolean looked() throws InterruptedException {
        StudyProgress view = view();
        budget = view == null ? budget : view.budget();
        watch.look(view);
        return true;
    }

    private @Nullable StudyProgress view() throws InterruptedException {
        try {
            return session.optimizer().progress(spec.getStudy()).orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private double drift() throws IOException, InterruptedException {
        shop.drift();
        step("the users' taste drifts; once that is noticed, the search opens again for as many candidates");
        return watch.seconds();
    }

    private Phase regained(OnlineFindings findings) throws IOException, InterruptedException {
        double[] began = watch.championValues();
        long before = budget;
        if (await(() -> looked() && budget > before, NOTICED_WITHIN_MILLIS)) {
            untilSettled();
        } else {
            console.note("the drift was too small to be noticed");
        }
        return findings.phase(true, began, shop.standing());
    }

    private @Nullable Revert revert() throws IOException, InterruptedException {
        step("everybody back on ℵ₀, by one record");
        watch.reverted();
        Revert revert = new RevertProbe(shop, session.reverting()).measured(spec.getStudy());
        // For the picture: what users get from now on.
        for (long waited = 0; waited < SEEN_MILLIS; waited += LOOK_MILLIS) {
            Thread.sleep(LOOK_MILLIS);
            watch.look(view());
        }
        return revert;
    }
}
