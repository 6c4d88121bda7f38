package io.afterlearner.demo.world;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.feedback.core.judge.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The results of the example. A build runs seed 1, of which all must hold; {@code -Dseeds=20} (or {@code -Pthorough}) shows that they
 * hold for nine seeds in ten, give or take one. Its tests run side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class OnlineSeedsTest {
    private static final int SEEDS = Integer.getInteger("seeds", 1);
    /** Seeds with twice as many candidates. */
    private static final int LONG_SEEDS = Integer.getInteger("seeds", 1);

    private static final Path RANKER = Path.of("../examples/online/ranker.onnx");
    private static final int BUDGET = 150;
    private static final int MAX_VISITS = 400_000;

    /** True gains over ℵ₀ as shares of the gain of the best ℵ. */
    private record Shown(long seed, double before, double fallen, double after, Simulation simulation) {}

    @Test
    void halfOfWhatCanBeGainedIsGainedSafelyAndAgainAfterADrift() throws IOException {
        Catalogue catalogue = Catalogue.read(Path.of("../examples/online/catalogue.csv"));
        List<Shown> all = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> shown(catalogue, seed))
                .toList();
        all.forEach(OnlineSeedsTest::print);
        long gained = all.stream().filter(shown -> shown.before() >= 0.5).count();
        long regained = all.stream()
                .filter(shown -> shown.after() > Math.max(shown.fallen(), 0.25))
                .count();
        System.out.printf("seeds 1 to %d: %d gained half, %d nearer again after the drift%n", SEEDS, gained, regained);
        assertTrue(gained >= least(), gained + " of " + SEEDS + " gained half");
        assertTrue(regained >= least(), regained + " of " + SEEDS + " nearer again after the drift");
    }

    /** Of so few seeds that a tenth is less than one, all. */
    private static double least() {
        return SEEDS < 10 ? SEEDS : 0.9 * SEEDS - 1;
    }

    @Test
    void inThreeHundredCandidatesEachSeedGainsHalf() throws IOException {
        Catalogue catalogue = Catalogue.read(Path.of("../examples/online/catalogue.csv"));
        int gained = 0;
        try (Ranker ranker = Ranker.open(RANKER, catalogue)) {
            for (long seed = 1; seed <= LONG_SEEDS; seed++) {
                Simulation simulation = new Simulation(catalogue, ranker, seed, 2 * BUDGET);
                simulation.run(2 * BUDGET, 2 * MAX_VISITS);
                double share = share(simulation, simulation.before);
                System.out.printf(
                        Locale.ROOT,
                        "seed %d: share of the gain %.2f; %d settled, %d exposures%n",
                        seed,
                        share,
                        simulation.settled(),
                        simulation.exposures);
                safe(simulation, seed);
                gained += share >= 0.5 ? 1 : 0;
            }
        }
        System.out.printf("seeds 1 to %d: %d gained half in %d candidates%n", LONG_SEEDS, gained, 2 * BUDGET);
        assertTrue(gained == LONG_SEEDS, gained + " of " + LONG_SEEDS + " gained half");
    }

    private static Shown shown(Catalogue catalogue, long seed) {
        try (Ranker ranker = Ranker.open(RANKER, catalogue)) {
            Simulation simulation = new Simulation(catalogue, ranker, seed, BUDGET);
            simulation.run(BUDGET, MAX_VISITS);
            double before = share(simulation, simulation.before);
            simulation.drifted = true;
            double fallen = share(simulation, simulation.after);
            simulation.run(2 * BUDGET, MAX_VISITS);
            safe(simulation, seed);
            return new Shown(seed, before, fallen, share(simulation, simulation.after), simulation);
        }
    }

    private static double share(Simulation simulation, Truth truth) {
        double shipped = truth.reward(simulation.ranker.shipped());
        double best = truth.reward(truth.best(Simulation.LIMIT));
        return (truth.reward(simulation.champion()) - shipped) / (best - shipped);
    }

    private static void safe(Simulation simulation, long seed) {
        double explored = simulation.explored / (double) simulation.exposures;
        assertTrue(explored <= Simulation.EXPLORE + 0.01, "seed " + seed + ": explored " + explored);
        for (Output.Audit audit : simulation.study.audits) {
            double[] to = audit.to().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            double ratio = simulation.before.latencyRatio(to);
            assertTrue(
                    audit.action() != Output.Action.PROMOTE || ratio <= Simulation.LIMIT,
                    "seed " + seed + " promoted " + audit.to().number() + " with a ratio of " + ratio);
        }
    }

    private static void print(Shown shown) {
        Simulation simulation = shown.simulation();
        List<String> actions =
                simulation.study.audits.stream().map(a -> a.action().toString()).toList();
        long broken = simulation.study.failed.stream()
                .filter(f -> f.reason() instanceof Reason.GuardrailBroken)
                .count();
        System.out.printf(
                Locale.ROOT,
                "seed %d: share of the gain %.2f; after the drift %.2f, then %.2f; %d settled, %d stopped by the"
                        + " guardrail, %d exposures, explored %.3f, %s%n",
                shown.seed(),
                shown.before(),
                shown.fallen(),
                shown.after(),
                simulation.settled(),
                broken,
                simulation.exposures,
                simulation.explored / (double) simulation.exposures,
                actions);
    }
}
