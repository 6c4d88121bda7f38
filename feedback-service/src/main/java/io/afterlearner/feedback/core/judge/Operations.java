package io.afterlearner.feedback.core.judge;

import java.util.List;

/** What a person wants. What makes no sense now does nothing. */
final class Operations {

    private Operations() {}

    static void carryOut(Transition course, Input.Order order) {
        course.by(order.by());
        switch (order.what()) {
            case PAUSE -> pause(course);
            case RESUME -> resume(course);
            case STOP -> stop(course);
            case REVERT -> revert(course, "reverted");
            case APPROVE -> approve(course);
            case REJECT -> reject(course);
        }
    }

    private static void pause(Transition course) {
        if (course.isExploring()) {
            course.hold(Hold.PAUSED);
            course.because("paused");
        }
    }

    private static void resume(Transition course) {
        if (course.isExploring() || course.hold == Hold.STOPPED) {
            return;
        }
        course.silent = false;
        course.explore();
        course.restart(t -> true);
        ArmValues champion = course.serving.champion();
        course.watch = ChampionWatch.over(champion.since(course.atMillis), course.plan);
        course.audit(Output.Action.RESUME, "resumed", champion, champion);
    }

    private static void stop(Transition course) {
        if (course.hold == Hold.STOPPED) {
            return;
        }
        boolean reverted = course.serving.state() == Serving.State.REVERTED;
        clear(course, "the study was stopped");
        course.hold = Hold.STOPPED;
        course.serving = course.serving.with(reverted ? Serving.State.REVERTED : Serving.State.HOLDING);
        ArmValues champion = course.serving.champion();
        course.audit(Output.Action.STOP, "stopped", champion, champion);
    }

    private static void revert(Transition course, String reason) {
        if (course.serving.state() == Serving.State.REVERTED) {
            return;
        }
        ArmValues before = course.serving.champion();
        clear(course, "the study was reverted");
        course.hold = course.hold == Hold.STOPPED ? Hold.STOPPED : Hold.REVERTED;
        course.serving = course.serving.with(Serving.State.REVERTED);
        course.crown(course.serving.control());
        course.audit(Output.Action.REVERT, reason, before, course.serving.champion());
    }

    /** Whoever wrote it wanted it so: its revision is ours, and nothing is written over it. */
    static void overruled(Transition course, Input.Overruled overruled) {
        course.by(overruled.by());
        course.silent = true;
        revert(course, overruled.reason());
        course.serving = course.serving.at(Math.max(overruled.revision(), course.serving.revision()));
    }

    private static void clear(Transition course, String reason) {
        for (Input.Arrived waiting : List.copyOf(course.waiting)) {
            course.failed(waiting.number(), reason);
        }
        for (ArmMeasurement trial : List.copyOf(course.trials)) {
            course.failed(trial.arm().number(), reason);
        }
        ArmMeasurement duel = course.contest.duel();
        if (duel != null) {
            course.serving = course.serving.without(duel.arm().number());
        }
        course.contest = course.contest.expecting(null).with(null);
    }

    private static void approve(Transition course) {
        ArmMeasurement duel = course.contest.duel();
        if (duel != null && course.contest.proposed()) {
            Promotion.promote(course, Output.Action.APPROVE, Promotion.sentence(course, duel));
        }
    }

    private static void reject(Transition course) {
        if (course.contest.proposed()) {
            Promotion.giveUp(course, "rejected");
        }
    }
}
