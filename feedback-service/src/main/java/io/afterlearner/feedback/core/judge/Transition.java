package io.afterlearner.feedback.core.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One step of the fold: the state while it changes, and what comes of it. Lives no longer than the step. */
final class Transition {
    /** Who acts where no person does. */
    static final String SERVICE = "feedback-service";

    final long atMillis;
    JudgingPlan plan;
    Serving serving;
    Hold hold;
    boolean silent;
    final List<Input.Arrived> waiting;
    final List<ArmMeasurement> trials;
    Contest contest;
    ChampionWatch watch;
    long latest;
    long settled;
    long explored;

    private final Serving before;
    private final List<Output> outputs = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private String by = SERVICE;

    Transition(OnlineState state, long atMillis) {
        plan = state.plan();
        this.atMillis = Math.max(atMillis, state.atMillis());
        serving = state.serving();
        hold = state.hold();
        silent = state.silent();
        waiting = new ArrayList<>(state.waiting());
        trials = new ArrayList<>(state.trials());
        contest = state.contest();
        watch = state.watch();
        latest = state.latest();
        settled = state.settled();
        explored = state.explored();
        before = serving;
    }

    void say(Output output) {
        outputs.add(output);
    }

    /** Why the arms change, if they do. */
    void because(String reason) {
        reasons.add(reason);
    }

    void audit(Output.Action action, String reason, ArmValues from, ArmValues to) {
        because(reason);
        say(new Output.Audit(by, action, reason, from, to));
    }

    /** Who is behind what happens in this step. */
    void by(String who) {
        by = who;
    }

    /** Nobody meets a candidate any more. */
    void hold(Hold why) {
        hold = why;
        serving = serving.with(Serving.State.HOLDING);
    }

    void explore() {
        hold = Hold.NONE;
        serving = serving.with(Serving.State.EXPLORING);
    }

    boolean isExploring() {
        return serving.state() == Serving.State.EXPLORING;
    }

    /** Another champion, watched from now on; whoever is in a duel has to beat this one. */
    void crown(ArmValues champion) {
        serving = serving.with(champion.since(atMillis));
        watch = watch.crowning(serving.champion(), plan);
        say(new Output.Centre(champion.values()));
    }

    void told(ArmMeasurement trial, Output.Told told) {
        settle(trial.arm().number(), told);
        because("candidate " + told.number() + " was told");
    }

    void failed(long number, String reason) {
        settle(number, new Output.Failed(number, reason));
        because("candidate " + number + " failed: " + reason);
    }

    private void settle(long number, Output output) {
        say(output);
        settled++;
        waiting.removeIf(w -> w.number() == number);
        trials.removeIf(t -> t.arm().number() == number);
        serving = serving.without(number);
    }

    /** Everything under measurement begins anew: what came before is not of the same time. */
    void restart(Predicate<ArmMeasurement> which) {
        trials.replaceAll(t -> which.test(t) ? restarted(t) : t);
        ArmMeasurement duel = contest.duel();
        if (duel != null && which.test(duel)) {
            contest = contest.with(restarted(duel));
        }
    }

    private ArmMeasurement restarted(ArmMeasurement trial) {
        return ArmMeasurement.of(trial.arm().since(atMillis), trial.deadlineMillis(), plan);
    }

    Judge.Step finished() {
        boolean changed = !serving.equals(before) && !silent;
        if (changed) {
            serving = serving.at(before.revision() + 1);
            String reason = reasons.isEmpty() ? "candidates took their slots" : String.join("; ", reasons);
            outputs.add(new Output.ArmsChanged(by, reason, serving));
        }
        return new Judge.Step(
                new OnlineState(
                        plan, atMillis, serving, hold, silent, waiting, trials, contest, watch, latest, settled,
                        explored),
                List.copyOf(outputs));
    }
}
