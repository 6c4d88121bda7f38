package io.afterlearner.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.examples.online.Catalogue;
import io.afterlearner.examples.online.Ranker;
import io.afterlearner.examples.online.Truth;
import io.afterlearner.local.report.OnlineResult;
import io.afterlearner.local.report.OnlineResult.Phase;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StudyView;
import io.afterlearner.local.study.Resolver;
import io.afterlearner.local.study.StudyFile;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the example from its first visit to its revert. */
final class OnlineDemo {
    private static final long READY_WITHIN_MILLIS = 60_000;
    private static final long PHASE_WITHIN_MILLIS = 600_000;
    private static final long NOTICED_WITHIN_MILLIS = 60_000;
    private static final long JUDGED_WITHIN_MILLIS = 15_000;
    private static final long LOOK_MILLIS = 1_000;
    private static final String BROKEN = "guardrail broken";

    private final Console console;
    private final Session session;
    private final long seed;
    private final int visits;
    private final Path folder = Repository.root().resolve("examples/online");
    private final StudySpec spec;
    private final Shop shop;
    private final OnlineWatch watch;
    private long budget = Long.MAX_VALUE;

    /** Begins the study and opens the shop. */
    OnlineDemo(Console console, Session session, long seed, int candidates, int visits) throws InterruptedException {
        this.console = console;
        this.session = session;
        this.seed = seed;
        this.visits = visits;
        spec = spec(candidates);
        session.optimizer().create(spec);
        shop = new Shop(session, spec.getStudy(), folder);
        watch = new OnlineWatch(console, shop);
    }

    private StudySpec spec(int candidates) {
        Path file = folder.resolve("study.yaml");
        StudySpec plain = new Resolver(StudyFile.read(file.toString(), file), folder).spec();
        OptimizerSpec optimizer = OptimizerSpec.newBuilder(plain.getOptimizer())
                .setSeed(seed)
                .setBudget(candidates)
                .build();
        return StudySpec.newBuilder(plain).setOptimizer(optimizer).build();
    }

    OnlineResult run(boolean drifts) throws IOException, InterruptedException {
        await("the production server is not ready", shop::isReady, READY_WITHIN_MILLIS);
        shop.open(session, folder, seed, visits);
        console.aside("the shop is open: " + visits + " visits a second");
        Catalogue catalogue = Catalogue.read(folder.resolve("catalogue.csv"));
        try (Ranker ranker = Ranker.open(folder.resolve("ranker.onnx"), catalogue)) {
            untilSettled();
            Phase before = phase(ranker, new Truth(ranker, catalogue, seed, false), ranker.shipped());
            Double driftedAt = drifts ? drift() : null;
            Phase after = driftedAt == null ? null : regained(ranker, new Truth(ranker, catalogue, seed, true));
            return result(new Truth(ranker, catalogue, seed, false), before, driftedAt, after);
        }
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
        StudyView view = view();
        budget = view == null ? budget : view.budget();
        watch.look(view);
        return true;
    }

    private @Nullable StudyView view() throws InterruptedException {
        try {
            return session.optimizer().view(spec.getStudy()).orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private double drift() throws IOException, InterruptedException {
        shop.drift();
        console.aside("the users' taste has drifted");
        return watch.seconds();
    }

    private @Nullable Phase regained(Ranker ranker, Truth truth) throws IOException, InterruptedException {
        double[] began = watch.championValues();
        long before = budget;
        // A search that opens again has as many candidates again.
        if (await(() -> looked() && budget > before, NOTICED_WITHIN_MILLIS)) {
            untilSettled();
        } else {
            console.note("the drift was too small to be noticed");
        }
        return phase(ranker, truth, began);
    }

    private Phase phase(Ranker ranker, Truth truth, double[] began) throws InterruptedException {
        JsonNode champion = shop.standing().path("champion");
        double[] values = watch.championValues();
        double limit = spec.getOnline().getGuardrails().get(0).getLimit();
        return new Phase(
                watch.champion(),
                number(champion.path("difference")),
                number(champion.path("differenceError")),
                truth.reward(ranker.shipped()),
                truth.reward(began),
                truth.reward(values),
                truth.reward(truth.best(limit)),
                truth.latencyRatio(values));
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : null;
    }

    private OnlineResult result(Truth truth, Phase before, @Nullable Double driftedAt, @Nullable Phase after)
            throws IOException, InterruptedException {
        OnlineResult.Revert revert = new RevertProbe(shop, session.reverting()).measured(spec.getStudy());
        double seconds = watch.seconds();
        List<TrialEvent> trials = session.topics().trials(spec.getStudy());
        List<ArmsChange> audit = session.topics().audit(spec.getStudy());
        double limit = spec.getOnline().getGuardrails().get(0).getLimit();
        return new OnlineResult(
                spec.getStudy(),
                seed,
                seconds,
                trials.stream().filter(e -> e.getType() == TrialEventType.TOLD).count(),
                trials.stream()
                        .filter(e -> e.getType() == TrialEventType.FAILED)
                        .count(),
                stopped(trials),
                watch.explored(),
                watch.exploredShare(),
                spec.getOnline().getExploreShare(),
                trials.stream()
                        .filter(e -> e.getLoss() != null)
                        .mapToDouble(e -> e.getLoss() * e.getExamples())
                        .sum(),
                watch.lost(),
                revert,
                audit.stream()
                        .filter(c -> c.getAction() == ArmsAction.PROMOTE)
                        .filter(c -> truth.latencyRatio(array(c.getToValues())) > limit)
                        .count(),
                before,
                driftedAt,
                after,
                audit,
                watch.samples());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<String> stopped(List<TrialEvent> trials) {
        return trials.stream()
                .filter(e -> e.getType() == TrialEventType.FAILED)
                .filter(e -> String.valueOf(e.getReason()).startsWith(BROKEN))
                .map(e -> "candidate " + e.getNumber() + ": " + e.getReason())
                .toList();
    }
}
