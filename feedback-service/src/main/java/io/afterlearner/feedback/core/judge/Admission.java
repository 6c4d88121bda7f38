package io.afterlearner.feedback.core.judge;

/** Who gets a slot: first what duels with the champion, up to half of them, then candidates in their order. */
final class Admission {

    private Admission() {}

    /** A number that came before is the same message again. */
    static void arrived(Transition course, Input.Arrived candidate) {
        if (candidate.number() <= course.latest) {
            return;
        }
        course.latest = candidate.number();
        if (course.hold == Hold.STOPPED || course.waiting.size() >= OnlineState.MOST_WAITING) {
            String reason =
                    course.hold == Hold.STOPPED ? "the study was stopped" : "too many candidates wait for a slot";
            course.failed(candidate.number(), reason);
            return;
        }
        course.waiting.add(candidate);
        goOn(course);
    }

    /** There is something to do again. */
    static void goOn(Transition course) {
        if (course.hold == Hold.SPENT) {
            course.explore();
        }
    }

    static void fill(Transition course) {
        while (course.isExploring() && course.serving.hasRoom() && next(course)) {}
    }

    private static boolean next(Transition course) {
        ArmMeasurement duel = course.contest.duel();
        if (duel != null && course.serving.slotsOf(duel.arm().number()) < duelSlots(course)) {
            course.serving = course.serving.occupiedBy(duel.arm());
            return true;
        }
        if (course.waiting.isEmpty()) {
            return false;
        }
        admit(course, course.waiting.remove(0));
        return true;
    }

    /** All of them, once no more candidates are to come. */
    private static long duelSlots(Transition course) {
        return course.settled >= course.plan.budget() ? course.plan.slots() : course.plan.duelSlots();
    }

    private static void admit(Transition course, Input.Arrived candidate) {
        ArmValues arm = new ArmValues(candidate.number(), candidate.values(), course.atMillis);
        course.trials.add(ArmMeasurement.of(arm, candidate.deadlineMillis(), course.plan));
        course.serving = course.serving.occupiedBy(arm);
    }
}
