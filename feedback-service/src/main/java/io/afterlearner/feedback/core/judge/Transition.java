package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.metric.Calibration;
import io.afterlearner.feedback.core.statistics.PoolRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One step of the fold: the mutable state and the outputs so far. It exists for the time of the step only. */
final class Transition {
    /** Author of changes that no person made. */
    static final String SERVICE = "feedback-service";

    final long atMillis;
    /** Time of the step before. */
    final long beforeMillis;

    JudgingPlan plan;
    Serving serving;
    Hold hold;
    boolean silent;
    final List<Input.Arrived> waiting;
    final List<ArmMeasurement> trials;
    final List<LateValues.Late> late;
    Contest contest;
    ChampionWatch watch;
    long latest;
    long settled;
    long explored;
    Calibration calibration;
    PoolRatio pool;
    /** Author of the changes in this step. */
    String by = SERVICE;

    private final Serving before;
    private final List<Output> outputs = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();

    Transition(OnlineState last, long atMillis) {
        OnlineState state = last.notAfter(atMillis);
        plan = state.plan();
        this.atMillis = atMillis;
        beforeMillis = state.atMillis();
        serving = state.serving();
        hold = state.hold();
        silent = state.silent();
        waiting = new ArrayList<>(state.waiting());
        trials = new ArrayList<>(state.trials());
        late = new ArrayList<>(state.late());
        contest = state.contest();
        watch = state.watch();
        latest = state.latest();
        settled = state.settled();
        explored = state.explored();
        calibration = state.calibration();
        pool = state.pool();
        before = serving;
    }

    void say(Output output) {
        outputs.add(output);
    }

    /** Adds a reason for the change of arms, if they change in this step. */
    void because(Reason reason) {
        reasons.add(reason);
    }

    void audit(Output.Action action, Reason reason, ArmValues from, ArmValues to) {
        because(reason);
        say(new Output.Audit(by, action, reason, from, to));
    }

    /** Adds an entry of the audit log that does not change the champion. */
    void audit(Output.Action action, Reason reason) {
        audit(action, reason, serving.champion(), serving.champion());
    }

    /** Exposes no candidate any more. */
    void hold(Hold why) {
        hold = why;
        serving = serving.with(Serving.State.HOLDING);
    }

    /** Holds exploration because a measurement cannot be trusted. */
    void alarm(Hold why, Reason reason) {
        hold(why);
        audit(Output.Action.ALARM, reason);
    }

    /** Holds exploration until data arrives again. Meanwhile nothing counts, and then the measurements go on. */
    void await(Hold why, Reason reason) {
        alarm(why, reason);
        measurements(t -> t.held(atMillis, plan));
    }

    void explore() {
        hold = Hold.NONE;
        serving = serving.with(Serving.State.EXPLORING).slotsSince(atMillis);
        measurements(t -> t.resumed(atMillis));
    }

    /** The measurements of candidates and of the challenger. */
    List<ArmMeasurement> running() {
        return Stream.concat(trials.stream(), Stream.ofNullable(contest.duel())).toList();
    }

    /** Changes each measurement of a candidate or challenger. */
    void measurements(UnaryOperator<ArmMeasurement> change) {
        late.replaceAll(each -> each.with(change.apply(each.whole())));
        change(change);
    }

    private void change(UnaryOperator<ArmMeasurement> change) {
        trials.replaceAll(change);
        ArmMeasurement duel = contest.duel();
        if (duel != null) {
            contest = contest.with(change.apply(duel));
        }
    }

    boolean isExploring() {
        return serving.state() == Serving.State.EXPLORING;
    }

    /** Whether these are exposures to a champion that has been replaced. */
    boolean isOfFormerChampion(Input.Ripened ripened) {
        return ripened.arm() == Arm.CHAMPION
                && ripened.number() != serving.champion().number();
    }

    /** Replaces the champion at once and watches the new one; a challenger in a duel now has to beat the new one. */
    void crown(ArmValues champion) {
        crown(champion, serving.at(champion.since(atMillis), Serving.NONE, 1));
    }

    /** Replaces the champion step by step. */
    void ramp(ArmValues champion) {
        double share = plan.pace().firstShare();
        ArmValues previous = share < 1 ? serving.champion() : Serving.NONE;
        crown(champion, serving.at(champion.since(atMillis), previous, share));
    }

    /** Serves the champion to the share of units that the next step of its ramp has; each step is a measurement of its own. */
    void rampFurther() {
        double share = plan.pace().shareAfter(serving.rampShare());
        ArmValues champion = serving.champion().since(atMillis);
        serving = serving.at(champion, share < 1 ? serving.previous() : Serving.NONE, share);
        watch = watch.crowning(champion, plan);
    }

    private void crown(ArmValues champion, Serving next) {
        serving = next;
        watch = watch.crowning(serving.champion(), plan);
        say(new Output.Centre(champion.values()));
    }

    /** Restarts watching the champion; whether reports arrive does not change by that. */
    void watchAnew() {
        watch = watch.anew(serving.champion().since(atMillis), plan);
    }

    /** Frees the challenger's slots. */
    void withdrawChallenger() {
        ArmMeasurement duel = contest.duel();
        if (duel != null) {
            pool = Settlement.pooled(this, duel);
            serving = serving.without(duel.arm().number());
        }
    }

    void told(Output.Told told) {
        settle(told.number(), told);
        because(new Reason.CandidateTold(told.number()));
    }

    void failed(long number, Reason.Failure reason) {
        settle(number, new Output.Failed(number, reason));
        because(new Reason.CandidateFailed(number, reason));
    }

    private void settle(long number, Output output) {
        say(output);
        int slot = serving.slots().stream().map(ArmValues::number).toList().indexOf(number);
        trials.stream().filter(t -> slot >= 0 && t.arm().number() == number).forEach(t -> {
            watch = watch.settled(slot, t);
            pool = Settlement.pooled(this, t);
        });
        settled++;
        waiting.removeIf(w -> w.number() == number);
        trials.removeIf(t -> t.arm().number() == number);
        serving = serving.without(number);
    }

    /** Restarts these measurements: earlier exposures are not comparable with later ones. */
    void restart(Predicate<ArmMeasurement> which) {
        late.replaceAll(each -> which.test(each.whole()) ? each.restarted(atMillis, plan) : each);
        change(t -> which.test(t) ? t.restarted(atMillis, plan) : t);
    }

    Judge.Step finished() {
        if (!serving.equals(before) && !silent) {
            serving = serving.at(before.revision() + 1);
            say(new Output.ArmsChanged(by, reasons, serving));
        }
        return new Judge.Step(
                new OnlineState(
                        plan,
                        atMillis,
                        serving,
                        hold,
                        silent,
                        waiting,
                        trials,
                        late,
                        contest,
                        watch,
                        latest,
                        settled,
                        explored,
                        calibration,
                        pool),
                List.copyOf(outputs));
    }
}
