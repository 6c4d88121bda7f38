package io.afterlearner.feedback.core;

import java.util.List;

/** What a person wants. What makes no sense now does nothing. */
final class Orders {

    private Orders() {}

    static void carryOut(Course course, Input.Order order) {
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

    private static void pause(Course course) {
        if (course.isExploring()) {
            course.hold(Hold.PAUSED);
            course.because("paused");
        }
    }

    private static void resume(Course course) {
        if (course.isExploring() || course.hold == Hold.STOPPED) {
            return;
        }
        course.silent = false;
        course.explore();
        course.restart(t -> true);
        ArmValues champion = course.serving.champion();
        course.watch = Watch.over(champion.since(course.atMillis), course.plan);
        course.audit(Output.Action.RESUME, "resumed", champion, champion);
    }

    private static void stop(Course course) {
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

    private static void revert(Course course, String reason) {
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
    static void overruled(Course course, Input.Overruled overruled) {
        course.by(overruled.by());
        course.silent = true;
        revert(course, overruled.reason());
        course.serving = course.serving.at(Math.max(overruled.revision(), course.serving.revision()));
    }

    private static void clear(Course course, String reason) {
        for (Input.Arrived waiting : List.copyOf(course.waiting)) {
            course.failed(waiting.number(), reason);
        }
        for (Trial trial : List.copyOf(course.trials)) {
            course.failed(trial.arm().number(), reason);
        }
        Trial duel = course.contest.duel();
        if (duel != null) {
            course.serving = course.serving.without(duel.arm().number());
        }
        course.contest = course.contest.expecting(null).with(null);
    }

    private static void approve(Course course) {
        Trial duel = course.contest.duel();
        if (duel != null && course.contest.proposed()) {
            Duels.promote(course, Output.Action.APPROVE, Duels.sentence(course, duel));
        }
    }

    private static void reject(Course course) {
        if (course.contest.proposed()) {
            Duels.giveUp(course, "rejected");
        }
    }
}
