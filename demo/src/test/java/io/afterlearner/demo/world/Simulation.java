package io.afterlearner.demo.world;

import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.judge.Pace;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The example with a simulated clock: its users, model and taste, the client's assignment, and the cores of the services.
 * A seed is the whole input.
 */
final class Simulation {
    static final double LIMIT = 1.2;
    static final double EXPLORE = 0.4;
    static final double CONTROL = 0.2;
    static final int SLOTS = 8;
    private static final int EXPOSURES = 150;
    private static final double TRUST_REGION = 0.3;
    private static final double ARRIVE_MILLIS = 1.1;
    private static final long WINDOW_MILLIS = 3_000;
    private static final Metric CLICKS = new Metric("clicks", Metric.Aggregate.MEAN, true, new Range(0, Scores.SHOWN));
    private static final Metric LATENCY = new Metric("latency", Metric.Aggregate.P95, false, new Range(0, 1_000));

    private record Due(long atMillis, Input.Ripened ripened) {}

    final Catalogue catalogue;
    final Ranker ranker;
    final Truth before;
    final Truth after;
    final LoopedStudy study;
    private final Taste[] tastes;
    private final Random random;
    private final Map<List<Double>, Scores> scores = new HashMap<>();
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private final Set<String> met = new HashSet<>();
    long exposures;
    long explored;
    boolean drifted;

    Simulation(Catalogue catalogue, Ranker ranker, long seed, int budget) {
        this.catalogue = catalogue;
        this.ranker = ranker;
        before = new Truth(ranker, catalogue, seed, false);
        after = new Truth(ranker, catalogue, seed, true);
        tastes = new Taste[] {Taste.of(seed, false), Taste.of(seed, true)};
        random = new Random(seed);
        study = new LoopedStudy(plan(budget), WINDOW_MILLIS, before.space(), TRUST_REGION, seed);
    }

    private JudgingPlan plan(int budget) {
        List<Double> initial = Arrays.stream(ranker.shipped()).boxed().toList();
        return new JudgingPlan(
                initial,
                CONTROL,
                EXPLORE,
                SLOTS,
                budget,
                CLICKS,
                List.of(new Guardrail(LATENCY, LIMIT)),
                WINDOW_MILLIS,
                0,
                EXPOSURES,
                0.95,
                false,
                0,
                0,
                Pace.AT_ONCE);
    }

    long settled() {
        return study.state.settled();
    }

    double[] champion() {
        return study.champion();
    }

    /** Runs until so many candidates are settled, or for at most so many visits. */
    void run(long settled, int most) {
        for (int i = 0; i < most && settled() < settled; i++) {
            study.now += Math.round(-Math.log(1 - random.nextDouble()) * ARRIVE_MILLIS);
            ripen();
            visit(random.nextInt(Users.COUNT));
        }
    }

    private void visit(int user) {
        Assignment got = study.assign("user-" + user);
        if (!met.add(got.id())) {
            return;
        }
        exposures++;
        if (got.arm() == io.afterlearner.schemas.Arm.UNCOUNTED) {
            return;
        }
        explored += got.arm() == io.afterlearner.schemas.Arm.EXPLORE ? 1 : 0;
        Scores.Page page = scores.computeIfAbsent(
                        Arrays.stream(got.values()).boxed().toList(), k -> ranker.scores(got.values()))
                .page(catalogue.found(random.nextLong()));
        Tally clicks = CLICKS.tally(user % Users.BOT_EVERY == 0 ? Scores.SHOWN : clicks(page, user));
        Tally latency = LATENCY.tally(page.millis(random.nextGaussian()));
        Arm arm = Arm.valueOf(got.arm().name());
        long ripe = study.now + WINDOW_MILLIS;
        due.add(new Due(
                ripe,
                new Input.Ripened(
                        ripe,
                        arm,
                        got.number(),
                        got.drawnAtMillis(),
                        got.client(),
                        ExposureTotals.of(1, List.of(clicks, latency)))));
    }

    private int clicks(Scores.Page page, int user) {
        Taste taste = tastes[drifted ? 1 : 0].of(user);
        int clicks = 0;
        for (int place = 0; place < page.items().length; place++) {
            boolean clicked = random.nextDouble() < taste.chance(catalogue.features()[page.items()[place]], place);
            boolean arrives = random.nextDouble() >= Users.LOST
                    && -Math.log(1 - random.nextDouble()) * Users.DELAY_MILLIS < WINDOW_MILLIS;
            clicks += clicked && arrives ? 1 : 0;
        }
        return clicks;
    }

    private void ripen() {
        while (!due.isEmpty() && due.peek().atMillis() <= study.now) {
            study.when(due.remove().ripened());
        }
    }
}
