package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Units, a trivial optimizer, and a hidden truth: each candidate has a true reward and a true
 * latency. Some reports arrive after their window, as a correction; messages are delivered twice.
 */
final class SimulatedWorld {
    private static final Range MILLIS = new Range(0, 10_000);

    /** The truth about a candidate: the probability of a reward of 1, and the ratio of its latencies to control's. */
    record Truth(double reward, double latencyTimes) {}

    interface Draw {
        Truth next(SplittableRandom random);
    }

    private record Late(long dueAt, Input.Ripened correction) {}

    final PlayedStudy study;
    final List<Long> promoted = new ArrayList<>();
    private final Map<Long, Truth> truths = new HashMap<>();
    private final List<Late> late = new ArrayList<>();
    private final Map<Long, Double> told = new HashMap<>();
    private final SplittableRandom random;
    private final Draw draw;
    private final Truth shipped;
    private long asked;
    private int heard;
    long exposures;

    SimulatedWorld(JudgingPlan plan, long seed, Truth shipped, Draw draw) {
        study = new PlayedStudy(plan);
        random = new SplittableRandom(seed);
        this.shipped = shipped;
        this.draw = draw;
    }

    Truth truth(long number) {
        return number == 0 ? shipped : truths.getOrDefault(number, shipped);
    }

    Truth champion() {
        return truth(study.champion());
    }

    /** Exposes that many units; fewer if the study ends. */
    SimulatedWorld run(int most) {
        for (int i = 0; i < most && study.state.hold() == Hold.NONE; i++) {
            ask();
            expose();
            correct();
            listen();
        }
        return this;
    }

    private void ask() {
        JudgingPlan plan = study.state.plan();
        while (asked < plan.budget() && asked - study.state.settled() < plan.slots()) {
            truths.put(asked, asked == 0 ? shipped : draw.next(random));
            Input arrived = new Input.Arrived(study.next(), asked, List.of((double) asked), Long.MAX_VALUE);
            study.when(arrived);
            study.when(arrived);
            asked++;
        }
    }

    private void expose() {
        Serving serving = study.state.serving();
        JudgingPlan plan = study.state.plan();
        double share = random.nextDouble();
        int slot = (int) ((share - plan.controlShare()) / plan.slotShare());
        boolean explores = share >= plan.controlShare() && slot < plan.slots();
        long slotted = explores ? serving.slots().get(slot).number() : -1;
        exposures++;
        if (share < plan.controlShare()) {
            ripen(Arm.CONTROL, 0);
        } else if (slotted >= 0) {
            ripen(Arm.EXPLORE, slotted);
        } else {
            ripen(Arm.CHAMPION, study.champion());
        }
    }

    private void ripen(Arm arm, long number) {
        Truth truth = truth(number);
        long assigned = study.next();
        double reward = random.nextDouble() < truth.reward() ? 1 : 0;
        boolean isLate = random.nextDouble() < 0.1;
        double logLatency = (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 0.6;
        double latency = 100 * truth.latencyTimes() * StrictMath.exp(logLatency);
        study.when(new Input.Ripened(assigned, arm, number, assigned, "shop", worth(1, isLate ? 0 : reward, latency)));
        if (isLate && reward > 0) {
            Tally correction = PlayedStudy.REWARD.tally(reward).minus(PlayedStudy.REWARD.tally(0));
            List<Tally> tallies = new ArrayList<>(worth(0, 0, 1).tallies());
            tallies.replaceAll(t -> Tally.NONE);
            tallies.set(0, correction);
            late.add(new Late(
                    assigned + random.nextInt(100),
                    new Input.Ripened(assigned, arm, number, assigned, "shop", ExposureTotals.of(0, tallies))));
        }
    }

    private ExposureTotals worth(long count, double reward, double latency) {
        List<Tally> tallies = new ArrayList<>(List.of(PlayedStudy.REWARD.tally(reward)));
        for (Guardrail guardrail : study.state.plan().guardrails()) {
            tallies.add(Tally.of(
                    Moments.of(latency, MILLIS),
                    LogHistogram.of(latency, guardrail.metric().range())));
        }
        return ExposureTotals.of(count, tallies);
    }

    private void correct() {
        long now = study.state.atMillis();
        for (Late each : List.copyOf(late.subList(0, Math.min(late.size(), 20)))) {
            if (each.dueAt() <= now) {
                study.when(each.correction());
                late.remove(each);
            }
        }
    }

    /** Recommends the candidate with the lowest loss, even if it lost a duel. */
    private void listen() {
        for (; heard < study.outputs.size(); heard++) {
            Output output = study.outputs.get(heard);
            if (output instanceof Output.Told measured) {
                told.put(measured.number(), measured.loss());
                recommend();
            } else if (output instanceof Output.Audit audit && audit.action() == Output.Action.PROMOTE) {
                promoted.add(audit.to().number());
            }
        }
    }

    private void recommend() {
        told.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .ifPresent(best -> study.when(
                        new Input.Recommended(study.next(), best.getKey(), List.of((double) best.getKey()))));
    }
}
