package io.afterlearner.demo.world;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
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
import io.afterlearner.optimizer.core.Decider;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Failure;
import io.afterlearner.optimizer.core.RunPlan;
import io.afterlearner.optimizer.core.StudyState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** An online study with a simulated clock: the judge, the optimizer and the client's assignment, each passing its outputs to the others. */
final class LoopedStudy {
    private static final UnitKey KEY = Keys.of("a secret of the simulation", "a unit key of the simulation")
            .units()
            .current();
    private static final long NEVER_MILLIS = 1L << 50;

    private static final Failure.Maker FAILURES = new Failure.Maker() {
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
    };

    final List<Output.Audit> audits = new ArrayList<>();
    final Map<Long, double[]> values = new HashMap<>();
    final List<Output.Failed> failed = new ArrayList<>();
    final StudyState optimizer;
    OnlineState state;
    private final ArrayDeque<Output> heard = new ArrayDeque<>();
    private final long horizonMillis;
    private final String salt;
    private Served served;
    private long recommended;
    long now = 1_000_000;

    /** @param horizonMillis how long a unit keeps its arm; 0 if units do not return */
    LoopedStudy(JudgingPlan plan, long horizonMillis, Space space, double trustRegion, long seed) {
        this.horizonMillis = horizonMillis;
        salt = "salt " + seed;
        Judge.Step begun = Judge.begin(plan, now);
        state = begun.state();
        heard.addAll(begun.outputs());
        served = Serving.of(state, horizonMillis, salt);
        optimizer = new StudyState(
                new RunPlan(
                        "study",
                        Problem.of(space, plan.budget(), plan.slots(), seed).withNoise(Problem.Noise.SOME),
                        Optimizers.AUTO,
                        List.of(),
                        trustRegion,
                        false,
                        NEVER_MILLIS,
                        NEVER_MILLIS,
                        "online"),
                FAILURES);
        values.put(0L, plan.initial().stream().mapToDouble(Double::doubleValue).toArray());
        Decider.begin(optimizer, null, now, this::happened);
        listen();
    }

    Assignment assign(String unit) {
        return served.assign(unit, now, true, KEY);
    }

    double[] champion() {
        return state.serving().champion().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    long promotions() {
        return audits.stream()
                .filter(audit -> audit.action() == Output.Action.PROMOTE)
                .count();
    }

    /** Number of promotions of candidates whose true effect is below 0. */
    long harmful(ToDoubleFunction<double[]> effect) {
        return audits.stream()
                .filter(audit -> audit.action() == Output.Action.PROMOTE)
                .filter(audit -> effect.applyAsDouble(audit.to().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                        < 0)
                .count();
    }

    /** What the audit trail has after the begin. */
    List<Output.Action> actions() {
        return audits.stream()
                .map(Output.Audit::action)
                .filter(action -> action != Output.Action.BEGIN)
                .toList();
    }

    /** Exposures that are counted now, or a correction of them. */
    void ripened(Assignment of, boolean early, ExposureTotals totals) {
        when(new Input.Ripened(
                now, Arm.valueOf(of.arm().name()), of.number(), of.drawnAtMillis(), of.client(), early, totals));
    }

    /** An input of the judge, and all that follows. */
    void when(Input input) {
        judge(input);
        listen();
    }

    private void judge(Input input) {
        Judge.Step step = Judge.step(state, input);
        state = step.state();
        heard.addAll(step.outputs());
    }

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
            served = Serving.of(state, horizonMillis, salt);
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
            judge(new Input.Arrived(now, asked.number(), list, now + NEVER_MILLIS));
        } else if (event instanceof Event.Changed changed && changed.change() == Event.Change.REOPENED) {
            judge(new Input.Budgeted(now, changed.budget()));
        }
    }
}
