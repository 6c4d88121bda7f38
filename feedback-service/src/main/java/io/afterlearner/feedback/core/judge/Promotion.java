package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Futility;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.LookSchedule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who becomes champion: what the optimizer recommends, if on fresh units it is shown to be better than the champion
 * and to keep each guardrail.
 */
final class Promotion {

    /** Who has less chance of winning gives way to the next. */
    static final double LEAST_CHANCE = 0.1;

    private Promotion() {}

    static void recommended(Transition course, Input.Recommended recommended) {
        ArmValues arm = new ArmValues(recommended.number(), recommended.values(), course.atMillis);
        if (isNew(course, arm)) {
            course.contest = course.contest.expecting(arm);
            Admission.goOn(course);
        }
    }

    private static boolean isNew(Transition course, ArmValues arm) {
        ArmMeasurement duel = course.contest.duel();
        return course.hold != Hold.STOPPED
                && !arm.isSame(course.serving.control())
                && !arm.isSame(course.serving.champion())
                && !course.contest.judged().contains(arm.values())
                && (duel == null || !arm.isSame(duel.arm()));
    }

    /** Where nobody is in a duel, the one that was recommended last, or else the best of those that were told. */
    static void begin(Transition course) {
        ArmValues next = course.isExploring() && course.contest.duel() == null ? next(course) : null;
        if (next != null) {
            ArmMeasurement duel = ArmMeasurement.of(next.since(course.atMillis), Long.MAX_VALUE, course.plan);
            course.contest = course.contest.expecting(null).with(duel);
        }
    }

    private static @Nullable ArmValues next(Transition course) {
        ArmValues recommended = course.contest.next();
        return recommended != null && isNew(course, recommended)
                ? recommended
                : course.contest.shortlist().stream()
                        .filter(c -> c.loss() < championLoss(course) && isNew(course, c.arm()))
                        .map(Contest.Contender::arm)
                        .findFirst()
                        .orElse(null);
    }

    /** To control, since it is champion; 0 is ℵ₀'s. */
    private static double championLoss(Transition course) {
        ArmMeasurement champion = course.watch.champion();
        double loss = new Comparison(course.plan.metric(), course.plan.alpha())
                .loss(champion.own().goal(), champion.control().goal());
        return champion.arm().number() == 0 || Double.isNaN(loss) ? 0 : loss;
    }

    static void ripened(Transition course, Input.Ripened ripened) {
        ArmMeasurement before = course.contest.duel();
        if (before == null || isStale(course, ripened)) {
            return;
        }
        boolean own = ripened.arm() == Arm.EXPLORE && before.arm().number() == ripened.number();
        ArmMeasurement after = before.plus(ripened, own);
        course.contest = course.contest.with(after);
        if (own && LookSchedule.isDue(before.own().exposures(), after.own().exposures())) {
            judge(course, after);
        }
    }

    /** Of a champion that is none any more. */
    private static boolean isStale(Transition course, Input.Ripened ripened) {
        return ripened.arm() == Arm.CHAMPION
                && ripened.number() != course.serving.champion().number();
    }

    private static void judge(Transition course, ArmMeasurement duel) {
        String broken = GuardrailChecks.broken(course.plan, duel);
        Tally own = duel.own().goal();
        Tally champion = opponent(course, duel);
        if (broken != null) {
            giveUp(course, broken);
        } else if (new Comparison(course.plan.metric(), course.plan.alpha()).isWorse(own, champion)) {
            giveUp(course, "worse than the champion");
        } else if (isWon(course, duel)) {
            win(course, duel);
        } else if (!course.contest.proposed() && isHopeless(course, duel)) {
            giveUp(course, "not shown to be better in " + duel.own().exposures() + " exposures");
        }
    }

    /** It has spent its exposures; or there is little chance left that it wins before it has, and others wait. */
    private static boolean isHopeless(Transition course, ArmMeasurement duel) {
        long exposures = duel.own().exposures();
        long most = course.plan.duelExposures();
        if (exposures >= most) {
            return true;
        }
        Futility futility = new Futility(course.plan.metric(), course.contest.alpha(course.plan.alpha()));
        double grows = most / (double) exposures;
        return exposures >= course.plan.exposures()
                && futility.chance(duel.own().goal(), opponent(course, duel), grows) < LEAST_CHANCE;
    }

    private static boolean isWon(Transition course, ArmMeasurement duel) {
        double alpha = course.contest.alpha(course.plan.alpha());
        return !course.contest.proposed()
                && course.isExploring()
                && new Comparison(course.plan.metric(), alpha)
                        .isBetter(duel.own().goal(), opponent(course, duel))
                && GuardrailChecks.isKept(course.plan, duel);
    }

    /** Where ℵ₀ is champion, control is as good to compare with. */
    private static Tally opponent(Transition course, ArmMeasurement duel) {
        Tally champion = duel.champion().goal();
        return course.serving.champion().number() == 0
                ? champion.plus(duel.control().goal())
                : champion;
    }

    private static void win(Transition course, ArmMeasurement duel) {
        String reason = sentence(course, duel);
        if (course.plan.approval()) {
            course.contest = course.contest.proposing();
            course.audit(Output.Action.PROPOSE, reason, course.serving.champion(), duel.arm());
        } else {
            promote(course, Output.Action.PROMOTE, reason);
        }
    }

    /** The one in the duel becomes champion. */
    static void promote(Transition course, Output.Action action, String reason) {
        ArmMeasurement duel = course.contest.duel();
        if (duel != null) {
            ArmValues before = course.serving.champion();
            course.serving = course.serving.without(duel.arm().number());
            course.contest = course.contest.won();
            course.crown(duel.arm());
            course.audit(action, reason, before, course.serving.champion());
        }
    }

    /** It is no champion, and gets no second try. */
    static void giveUp(Transition course, String reason) {
        ArmMeasurement duel = course.contest.duel();
        if (duel != null) {
            if (course.contest.proposed()) {
                course.audit(Output.Action.REJECT, reason, course.serving.champion(), duel.arm());
            } else {
                course.because("candidate " + duel.arm().number() + " lost to the champion: " + reason);
            }
            course.serving = course.serving.without(duel.arm().number());
            course.contest = course.contest.lostBy(duel.arm());
        }
    }

    static String sentence(Transition course, ArmMeasurement duel) {
        Comparison comparison = new Comparison(course.plan.metric(), course.plan.alpha());
        Tally own = duel.own().goal();
        Tally champion = opponent(course, duel);
        return String.format(
                Locale.ROOT,
                "candidate %d is better than champion %d by %.4g ± %.4g (%d and %d values), and keeps each guardrail",
                duel.arm().number(),
                course.serving.champion().number(),
                -comparison.loss(own, champion),
                comparison.standardError(own, champion),
                own.count(),
                champion.count());
    }
}
