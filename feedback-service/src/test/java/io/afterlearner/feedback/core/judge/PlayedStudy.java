package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A study in a test: inputs in, state and outputs out. */
final class PlayedStudy {
    static final Range RANGE = new Range(0, 1);
    static final Metric REWARD = new Metric("reward", Metric.Aggregate.MEAN, true, RANGE);
    static final Metric LATENCY = new Metric("latency", Metric.Aggregate.P95, false, new Range(0, 10_000));

    private static final long STEP_MILLIS = 100;

    OnlineState state;
    final List<Output> outputs = new ArrayList<>();
    private List<Output> latest;
    private long now = 1_000;
    /** Who asks for the next assignments. */
    private String client = "shop";

    PlayedStudy(JudgingPlan plan) {
        Judge.Step step = Judge.begin(plan, now);
        state = step.state();
        latest = step.outputs();
        outputs.addAll(latest);
    }

    /** Three slots of 0.1 each, control 0.2; reward in [0, 1] is maximised, p95 of latency is at most 1.3 times control's. */
    static PlanBuilder plan() {
        return new PlanBuilder();
    }

    PlayedStudy when(Input input) {
        Judge.Step step = Judge.step(state, input);
        state = step.state();
        latest = step.outputs();
        outputs.addAll(latest);
        return this;
    }

    long next() {
        now += STEP_MILLIS;
        return now;
    }

    PlayedStudy askedBy(String name) {
        client = name;
        return this;
    }

    PlayedStudy passes(long millis) {
        now += millis;
        return this;
    }

    PlayedStudy arrives(long number) {
        return when(new Input.Arrived(next(), number, values(number), Long.MAX_VALUE));
    }

    PlayedStudy recommended(long number) {
        return when(new Input.Recommended(next(), number, values(number)));
    }

    PlayedStudy ordered(Input.Action what) {
        return when(new Input.Command(next(), "ann", what));
    }

    static List<Double> values(long number) {
        return List.of(number / 10.0);
    }

    /** Exposes units: rewards of 0 and 1 with the given mean, latencies of 100 to 101 times the factor. */
    PlayedStudy exposed(Arm arm, long number, int exposures, double reward, double latencyTimes) {
        double carried = 0;
        for (int i = 0; i < exposures; i++) {
            carried += reward;
            double value = carried >= 1 - 1e-9 ? 1 : 0;
            carried -= value;
            when(ripened(arm, number, next(), value, latencyTimes * (100 + i % 10 / 10.0)));
        }
        return this;
    }

    Input.Ripened ripened(Arm arm, long number, long assigned, double reward, double latency) {
        List<Tally> tallies = new ArrayList<>();
        tallies.add(state.plan().metric().tally(reward));
        if (!state.plan().guardrails().isEmpty()) {
            tallies.add(LATENCY.tally(latency));
        }
        return new Input.Ripened(next(), arm, number, assigned, client, ExposureTotals.of(1, tallies));
    }

    /** Exposes control and a candidate in turn, in the shares of the plan. */
    PlayedStudy exposed(long number, int exposures, double reward, double controlReward) {
        return exposed(number, exposures, reward, controlReward, 1);
    }

    PlayedStudy exposed(long number, int exposures, double reward, double controlReward, double latencyTimes) {
        for (int i = 0; i < exposures; i += 10) {
            exposed(Arm.CONTROL, 0, 20, controlReward, 1);
            exposed(Arm.EXPLORE, number, 10, reward, latencyTimes);
        }
        return this;
    }

    /** Outputs of the last input. */
    List<Output> latest() {
        return latest;
    }

    <T extends Output> List<T> all(Class<T> kind) {
        return outputs.stream().filter(kind::isInstance).map(kind::cast).collect(Collectors.toList());
    }

    List<Output.Action> actions() {
        return all(Output.Audit.class).stream().map(Output.Audit::action).toList();
    }

    List<Long> slots() {
        return state.serving().slots().stream().map(ArmValues::number).toList();
    }

    long champion() {
        return state.serving().champion().number();
    }

    /** Builds a plan; what a test does not set has a default. */
    static final class PlanBuilder {
        private List<Guardrail> guardrails = List.of(new Guardrail(LATENCY, 1.3));
        private long exposures = 200;
        private boolean approval;
        private long exposureLimit;
        private long deadlineMillis;
        private long budget = 100;
        private int slots = 3;
        private Pace pace = Pace.AT_ONCE;
        private Metric metric = REWARD;
        private long earlyMillis;

        PlanBuilder unguarded() {
            guardrails = List.of();
            return this;
        }

        PlanBuilder limit(Metric metric, double limit) {
            guardrails = List.of(new Guardrail(metric, limit));
            return this;
        }

        PlanBuilder exposures(long each) {
            exposures = each;
            return this;
        }

        PlanBuilder approved() {
            approval = true;
            return this;
        }

        PlanBuilder limit(long most) {
            exposureLimit = most;
            return this;
        }

        PlanBuilder until(long millis) {
            deadlineMillis = millis;
            return this;
        }

        PlanBuilder budget(long most) {
            budget = most;
            return this;
        }

        PlanBuilder slots(int many) {
            slots = many;
            return this;
        }

        PlanBuilder paced(Pace other) {
            pace = other;
            return this;
        }

        PlanBuilder improving(Metric other) {
            metric = other;
            return this;
        }

        PlanBuilder toldAfter(long millis) {
            earlyMillis = millis;
            return this;
        }

        JudgingPlan build() {
            return new JudgingPlan(
                    values(0),
                    0.2,
                    0.1 * slots,
                    slots,
                    budget,
                    metric,
                    guardrails,
                    60_000,
                    earlyMillis,
                    exposures,
                    0.95,
                    approval,
                    exposureLimit,
                    deadlineMillis,
                    pace);
        }

        PlayedStudy played() {
            return new PlayedStudy(build());
        }
    }
}
