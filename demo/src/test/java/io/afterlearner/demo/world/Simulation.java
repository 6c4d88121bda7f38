package io.afterlearner.demo.world;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.Keys;
import io.afterlearner.client.Served;
import io.afterlearner.client.UnitKey;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.Judge;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.optimizer.core.Decider;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Failure;
import io.afterlearner.optimizer.core.StudyState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The example with a simulated clock: its users, model and taste, the client's assignment, and the cores of the services.
 * A seed is the whole input.
 */
final class Simulation {
    private static final UnitKey KEY = Keys.of("a secret of the simulation", "a unit key of the simulation")
            .units()
            .current();
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
    final List<Output.Audit> audits = new ArrayList<>();
    final Map<Long, double[]> values = new HashMap<>();
    final List<Output.Failed> failed = new ArrayList<>();
    private final Taste[] tastes;
    private final Random random;
    private final Map<List<Double>, Scores> scores = new HashMap<>();
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private final Set<String> met = new HashSet<>();
    private final ArrayDeque<Output> heard = new ArrayDeque<>();
    final StudyState optimizer;
    OnlineState state;
    private Served served;
    private long recommended;
    long now = 1_000_000;
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
        Judge.Step begun = Judge.begin(plan(budget), now);
        state = begun.state();
        heard.addAll(begun.outputs());
        served = Serving.of(state);
        optimizer = new StudyState(
                new io.afterlearner.optimizer.core.RunPlan(
                        "study",
                        Problem.of(before.space(), budget, SLOTS, seed).withNoise(Problem.Noise.SOME),
                        Optimizers.AUTO,
                        List.of(),
                        TRUST_REGION,
                        false,
                        600_000,
                        600_000,
                        "online"),
                new Failure.Maker() {
                    @Override
                    public Failure expired(long waitMillis, String pool) {
                        return () -> "expired";
                    }

                    @Override
                    public Failure unanswered(long heldMillis) {
                        return () -> "no answer";
                    }

                    @Override
                    public Failure lossNotFinite(double loss) {
                        return () -> "loss not finite";
                    }

                    @Override
                    public Failure studyStopped() {
                        return () -> "study stopped";
                    }
                });
        values.put(0L, ranker.shipped());
        Decider.begin(optimizer, null, now, this::happened);
        listen();
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
                EXPOSURES,
                0.95,
                false,
                0,
                0,
                true);
    }

    long settled() {
        return state.settled();
    }

    double[] champion() {
        return state.serving().champion().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Runs until so many candidates are settled, or for at most so many visits. */
    void run(long settled, int most) {
        for (int i = 0; i < most && settled() < settled; i++) {
            now += Math.round(-Math.log(1 - random.nextDouble()) * ARRIVE_MILLIS);
            ripen();
            visit(random.nextInt(Users.COUNT));
        }
    }

    private void visit(int user) {
        Assignment got = served.assign("user-" + user, now, true, KEY);
        if (!met.add(got.id())) {
            return;
        }
        exposures++;
        explored += got.arm() == io.afterlearner.schemas.Arm.EXPLORE ? 1 : 0;
        Scores.Page page = scores.computeIfAbsent(
                        Arrays.stream(got.values()).boxed().toList(), k -> ranker.scores(got.values()))
                .page(catalogue.found(random.nextLong()));
        Tally clicks = CLICKS.tally(user % Users.BOT_EVERY == 0 ? Scores.SHOWN : clicks(page, user));
        Tally latency = LATENCY.tally(page.millis(random.nextGaussian()));
        Arm arm = Arm.valueOf(got.arm().name());
        due.add(new Due(
                now + WINDOW_MILLIS,
                new Input.Ripened(
                        now + WINDOW_MILLIS, arm, got.number(), now, new ExposureTotals(1, List.of(clicks, latency)))));
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
        while (!due.isEmpty() && due.peek().atMillis() <= now) {
            judge(due.remove().ripened());
            listen();
        }
    }

    private void judge(Input input) {
        Judge.Step step = Judge.step(state, input);
        state = step.state();
        heard.addAll(step.outputs());
    }

    /** Passes the outputs of each core to the other until there are no more. */
    private void listen() {
        while (!heard.isEmpty()) {
            hear(heard.remove());
            long incumbent = optimizer.incumbentNumber();
            if (incumbent != recommended) {
                recommended = incumbent;
                judge(new Input.Recommended(now, incumbent, optimizer.standing().values()));
            }
        }
    }

    private void hear(Output output) {
        if (output instanceof Output.Told told) {
            tell(new io.afterlearner.optimizer.core.Input.Measured(
                    now, told.number(), told.loss(), told.standardError(), told.examples(), "judge", 0));
        } else if (output instanceof Output.Failed gone) {
            failed.add(gone);
            tell(new io.afterlearner.optimizer.core.Input.Unmeasured(
                    now, gone.number(), () -> String.valueOf(gone.reason()), "judge", 0));
        } else if (output instanceof Output.Centre centre) {
            order(io.afterlearner.optimizer.core.Input.Action.CENTRE, centre.values(), null);
        } else if (output instanceof Output.Reopen reopen) {
            order(io.afterlearner.optimizer.core.Input.Action.REOPEN, List.of(), String.valueOf(reopen.reason()));
        } else if (output instanceof Output.ArmsChanged) {
            served = Serving.of(state);
        } else if (output instanceof Output.Audit audit) {
            audits.add(audit);
        }
    }

    private void order(io.afterlearner.optimizer.core.Input.Action action, List<Double> at, @Nullable String why) {
        double[] point = at.stream().mapToDouble(Double::doubleValue).toArray();
        tell(new io.afterlearner.optimizer.core.Input.Order(now, action + " " + now, "judge", action, 0, point, why));
    }

    private void tell(io.afterlearner.optimizer.core.Input input) {
        Decider.drive(optimizer, input, this::happened);
    }

    private void happened(Event event) {
        if (event instanceof Event.Asked asked) {
            values.put(asked.number(), asked.values());
            List<Double> list = Arrays.stream(asked.values()).boxed().toList();
            judge(new Input.Arrived(now, asked.number(), list, now + 600_000));
        } else if (event instanceof Event.Changed changed && changed.change() == Event.Change.REOPENED) {
            judge(new Input.Budgeted(now, changed.budget()));
        }
    }
}
