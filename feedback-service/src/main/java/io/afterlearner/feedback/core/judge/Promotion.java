package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Futility;
import io.afterlearner.feedback.core.metric.Tally;
import org.jspecify.annotations.Nullable;

/**
 * Promotes a new champion: the candidate that the optimizer recommends, if in a duel on fresh units it is significantly
 * better than the champion and keeps each guardrail.
 */
final class Promotion {
    /** Below this probability of winning, a duel is abandoned. */
    static final double MIN_WIN_PROBABILITY = 0.1;

    private Promotion() {}

    static void recommended(Transition step, Input.Recommended recommended) {
        ArmValues arm = new ArmValues(recommended.number(), recommended.values(), step.atMillis);
        if (isNew(step, arm)) {
            step.contest = step.contest.expecting(arm);
            Admission.exploreAgain(step);
        }
    }

    private static boolean isNew(Transition step, ArmValues arm) {
        ArmMeasurement duel = step.contest.duel();
        return step.hold != Hold.STOPPED
                && !arm.isSame(step.serving.control())
                && !arm.isSame(step.serving.champion())
                && !step.contest.judged().contains(arm.values())
                && (duel == null || !arm.isSame(duel.arm()));
    }

    /** Begins a duel if there is none: with the latest recommendation, or else the best of the candidates told. */
    static void begin(Transition step) {
        ArmValues next = step.isExploring() && step.contest.duel() == null ? next(step) : null;
        if (next != null) {
            ArmMeasurement duel = ArmMeasurement.of(next.since(step.atMillis), Long.MAX_VALUE, step.plan);
            step.contest = step.contest.expecting(null).with(duel);
        }
    }

    private static @Nullable ArmValues next(Transition step) {
        ArmValues recommended = step.contest.next();
        return recommended != null && isNew(step, recommended)
                ? recommended
                : step.contest.shortlist().stream()
                        .filter(c -> c.loss() < championLoss(step) && isNew(step, c.arm()))
                        .map(Contest.Contender::arm)
                        .findFirst()
                        .orElse(null);
    }

    /** The champion's loss against control since its promotion; 0 for ℵ₀. */
    private static double championLoss(Transition step) {
        ArmMeasurement champion = step.watch.champion();
        double loss = step.plan
                .comparison()
                .loss(champion.own().goal(), champion.control().goal());
        return champion.arm().number() == 0 || Double.isNaN(loss) ? 0 : loss;
    }

    static void ripened(Transition step, Input.Ripened ripened) {
        ArmMeasurement before = step.contest.duel();
        if (before == null || step.isOfFormerChampion(ripened)) {
            return;
        }
        boolean own = before.isOf(ripened);
        ArmMeasurement after = before.plus(ripened, own);
        step.contest = step.contest.with(after);
        if (own
                && ArmMeasurement.isLookDue(
                        before.own().exposures(), after.own().exposures())) {
            judge(step, after);
        }
    }

    private static void judge(Transition step, ArmMeasurement duel) {
        Reason.Defeat broken = GuardrailChecks.broken(step.plan, duel);
        Comparison comparison = step.plan.comparison();
        Tally own = duel.own().goal();
        Tally champion = opponent(step, duel);
        if (broken != null) {
            giveUp(step, duel, broken);
        } else if (comparison.isWorse(own, champion)) {
            giveUp(step, duel, new Reason.Worse(Reason.Figures.of(comparison, own, champion)));
        } else if (isWon(step, duel)) {
            win(step, duel);
        } else if (!step.contest.proposed() && isFutile(step, duel)) {
            giveUp(step, duel, new Reason.NotBetter(duel.own().exposures()));
        }
    }

    /** Whether it has used its exposures, or is unlikely to win by then. */
    private static boolean isFutile(Transition step, ArmMeasurement duel) {
        long exposures = duel.own().exposures();
        long most = step.plan.duelExposures();
        if (exposures >= most) {
            return true;
        }
        Futility futility = new Futility(step.plan.metric(), step.contest.alpha(step.plan.alpha()));
        double grows = most / (double) exposures;
        return exposures >= step.plan.exposures()
                && futility.chance(duel.own().goal(), opponent(step, duel), grows) < MIN_WIN_PROBABILITY;
    }

    private static boolean isWon(Transition step, ArmMeasurement duel) {
        double alpha = step.contest.alpha(step.plan.alpha());
        return !step.contest.proposed()
                && step.isExploring()
                && new Comparison(step.plan.metric(), alpha).isBetter(duel.own().goal(), opponent(step, duel))
                && GuardrailChecks.isKept(step.plan, duel);
    }

    /** The champion's tally; while ℵ₀ is champion, control measures it as well. */
    private static Tally opponent(Transition step, ArmMeasurement duel) {
        Tally champion = duel.champion().goal();
        return step.serving.champion().number() == 0
                ? champion.plus(duel.control().goal())
                : champion;
    }

    private static void win(Transition step, ArmMeasurement duel) {
        Reason reason = won(step, duel);
        if (step.plan.approval()) {
            step.contest = step.contest.proposing();
            step.audit(Output.Action.PROPOSE, reason, step.serving.champion(), duel.arm());
        } else {
            promote(step, duel, Output.Action.PROMOTE, reason);
        }
    }

    /** Makes the challenger champion. */
    static void promote(Transition step, ArmMeasurement duel, Output.Action action, Reason reason) {
        ArmValues before = step.serving.champion();
        step.withdrawChallenger();
        step.contest = step.contest.won();
        step.crown(duel.arm());
        step.audit(action, reason, before, step.serving.champion());
    }

    /** Ends the duel; its challenger is not tried again. */
    static void giveUp(Transition step, ArmMeasurement duel, Reason.Defeat reason) {
        if (step.contest.proposed()) {
            step.audit(Output.Action.REJECT, reason, step.serving.champion(), duel.arm());
        } else {
            step.because(new Reason.DuelLost(duel.arm().number(), reason));
        }
        step.withdrawChallenger();
        step.contest = step.contest.lostBy(duel.arm());
    }

    static Reason won(Transition step, ArmMeasurement duel) {
        Tally own = duel.own().goal();
        Tally champion = opponent(step, duel);
        return new Reason.DuelWon(
                duel.arm().number(),
                step.serving.champion().number(),
                Reason.Figures.of(step.plan.comparison(), own, champion));
    }
}
