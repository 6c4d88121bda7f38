package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.clients.ClientCheck;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Futility;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Promotes a new champion: a candidate that measured better, if in a duel on fresh units it is significantly better than the
 * champion and keeps each guardrail. Every duel of a study's life has a smaller share of the error budget than the one before.
 */
public final class Promotion {
    /** Below this probability of winning, a duel is abandoned. */
    public static final double MIN_WIN_PROBABILITY = 0.1;
    /** A winner that measures within its guardrails waits for so many times the exposures that they should need. */
    static final int PATIENCE = 3;
    /** It waits for at most so many times the exposures of the longest duel: some guardrails are never shown to be kept. */
    static final int LONGEST_WAIT = 25;

    /** The error budget is exhausted when a duel takes so many times the exposures of the first one. */
    static final int EXHAUSTED = 3;

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

    /**
     * Begins a duel if there is none and the champion serves all its units: with the latest recommendation, or else the best of the
     * candidates told.
     */
    static void begin(Transition step) {
        while (step.isExploring() && step.contest.duel() == null && !step.serving.isRamping()) {
            Contest.Contender next = next(step);
            if (next == null || begin(step, next)) {
                return;
            }
        }
    }

    /** @return whether there is a duel, or can be none */
    private static boolean begin(Transition step, Contest.Contender next) {
        DuelPlanner planner = planner(step);
        double gain = championLoss(step) - next.loss();
        double attempt = step.contest.duels() + 1.0;
        Effort effort = effort(step, planner, next, gain, attempt);
        long most = step.plan.mostDuelExposures();
        if (effort.exposures() <= most) {
            ArmMeasurement duel = ArmMeasurement.byClient(next.arm().since(step.atMillis), step.plan);
            step.contest = step.contest.begun(duel, effort);
            return true;
        }
        if (effort.exposures()
                >= EXHAUSTED * effort(step, planner, next, gain, 1).exposures()) {
            step.hold(Hold.ERROR_BUDGET);
            step.audit(
                    Output.Action.EXHAUSTED,
                    new Reason.ErrorBudgetSpent(next.arm().number(), step.contest.duels(), effort.exposures(), most));
            return true;
        }
        step.contest = step.contest.dismissing(next.arm());
        long unranged = planner.unranged(gain, next.error(), Contest.alpha(step.plan.alpha(), attempt));
        Metric metric = step.plan.metric();
        Reason tooSmall = new Reason.TooSmall(
                next.arm().number(), gain, next.error(), effort.exposures(), most, unranged, metric);
        step.audit(Output.Action.SKIPPED, tooSmall, step.serving.champion(), next.arm());
        return false;
    }

    private static Effort effort(
            Transition step, DuelPlanner planner, Contest.Contender next, double gain, double attempt) {
        return planner.effort(gain, next.error(), Contest.alpha(step.plan.alpha(), attempt));
    }

    private static DuelPlanner planner(Transition step) {
        boolean isLast = step.settled >= step.plan.budget();
        ExposureTotals control = step.watch.champion().control();
        Tally champion = step.watch.champion().own().goal();
        int slots = isLast ? step.plan.slots() : step.plan.duelSlots();
        double clients = step.watch.champion().clients().growth();
        return new DuelPlanner(step.plan, slots, control, opponent(step, champion, control.goal()), clients);
    }

    private static Contest.@Nullable Contender next(Transition step) {
        ArmValues recommended = step.contest.next();
        List<Contest.Contender> listed = step.contest.shortlist().stream()
                .filter(c -> !c.provisional() && c.loss() < championLoss(step) && isNew(step, c.arm()))
                .sorted(Comparator.comparing(
                        c -> recommended == null || !c.arm().isSame(recommended)))
                .toList();
        // By early values alone, nothing has a duel.
        if (recommended != null
                && !step.plan.isToldEarly()
                && isNew(step, recommended)
                && listed.stream().noneMatch(c -> c.arm().isSame(recommended))) {
            return new Contest.Contender(recommended, Double.NaN, Double.NaN, false);
        }
        return listed.isEmpty() ? null : listed.get(0);
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
        if (!own
                || !ArmMeasurement.isLookDue(
                        before.own().exposures(), after.own().exposures())) {
            return;
        }
        Reason wrong = step.isExploring() ? Settlement.alarm(step, after) : null;
        if (wrong != null) {
            step.alarm(Hold.ALARM, wrong);
        } else {
            judge(step, after);
        }
    }

    /** Judges the duel when a whole cycle is over: only then it may be won. */
    static void timePassed(Transition step) {
        ArmMeasurement duel = step.contest.duel();
        if (duel != null && DuelTime.of(step, duel).isCycleOver()) {
            judge(step, duel);
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
        } else if (!step.contest.proposed()) {
            undecided(step, duel, Reason.Figures.of(comparison, own, champion));
        }
    }

    private static void undecided(Transition step, ArmMeasurement duel, Reason.Figures figures) {
        if (isBetter(step, duel)) {
            won(step, duel, GuardrailChecks.firstNotKept(step.plan, duel));
        } else if (isFutile(step, duel)) {
            long planned = step.contest.effort().exposures();
            giveUp(step, duel, new Reason.NotBetter(figures, duel.own().exposures(), planned));
        }
    }

    private static boolean isBetter(Transition step, ArmMeasurement duel) {
        return decisive(step).isBetter(duel.own().goal(), opponent(step, duel));
    }

    /** The comparison at the duel's share of the error budget. */
    private static Comparison decisive(Transition step) {
        return new Comparison(step.plan.metric(), step.contest.alpha(step.plan.alpha()));
    }

    /** Exposures after which the duel has to be decided. */
    private static long planned(Transition step) {
        return Math.max(step.plan.exposures(), step.contest.effort().exposures());
    }

    /** A winner waits until its guardrails are shown to be kept, and until the duel has run long enough. */
    private static void won(Transition step, ArmMeasurement duel, @Nullable Guardrail notKept) {
        if (notKept != null) {
            long exposures = duel.own().exposures();
            long needed = new DuelPlanner(
                            step.plan, step.contest.effort().slots(), duel.control(), opponent(step, duel), 1)
                    .guarded();
            long patience = GuardrailChecks.measuresWithin(step.plan, duel) ? PATIENCE : 1;
            if (exposures >= Math.min(patience * needed, step.plan.longestWait())) {
                giveUp(step, duel, new Reason.GuardrailNotShown(notKept, exposures, needed));
            }
        } else if (step.isExploring() && DuelTime.of(step, duel).mayBeWon()) {
            wonBy(step, duel);
        }
    }

    /** A winner needs values of its slices as often as others, and waits until it is shown to be better without any one of the clients. */
    private static void wonBy(Transition step, ArmMeasurement duel) {
        Reason.Defeat unmeasured = Monitoring.unmeasured(step, duel);
        if (unmeasured != null) {
            giveUp(step, duel, unmeasured);
            return;
        }
        Comparison comparison = decisive(step);
        ClientCheck check = new ClientCheck(duel.clients(), comparison, isPooled(step));
        ClientCheck.Rest rest = check.weakest();
        if (rest == null) {
            win(step, duel);
            return;
        }
        long exposures = duel.own().exposures();
        long planned = planned(step);
        if (exposures >= planned * (check.measuresBetter(rest) ? PATIENCE : 1)) {
            Reason.Figures without = Reason.Figures.of(comparison, rest.own(), rest.opponent());
            giveUp(step, duel, new Reason.RestsOnClient(rest.without(), without, exposures, planned));
        }
    }

    /** Whether it has used its exposures, or is unlikely to win by then. */
    private static boolean isFutile(Transition step, ArmMeasurement duel) {
        long exposures = duel.own().exposures();
        long most = planned(step);
        if (exposures >= most) {
            return DuelTime.of(step, duel).hasRun();
        }
        Futility futility = new Futility(step.plan.metric(), step.contest.alpha(step.plan.alpha()));
        double grows = most / (double) exposures;
        return exposures >= step.plan.exposures()
                && futility.chance(duel.own().goal(), opponent(step, duel), grows) < MIN_WIN_PROBABILITY;
    }

    private static Tally opponent(Transition step, ArmMeasurement duel) {
        return opponent(step, duel.champion().goal(), duel.control().goal());
    }

    private static Tally opponent(Transition step, Tally champion, Tally control) {
        return isPooled(step) ? champion.plus(control) : champion;
    }

    /** Whether control is a part of the opponent: while ℵ₀ is champion, control measures it as well. */
    private static boolean isPooled(Transition step) {
        return step.serving.champion().number() == 0;
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
        step.ramp(duel.arm());
        step.audit(action, reason, before, step.serving.champion());
    }

    /** Ends the duel; its challenger is not tried again. */
    static void giveUp(Transition step, ArmMeasurement duel, Reason.Defeat reason) {
        boolean proposed = step.contest.proposed();
        step.audit(
                proposed ? Output.Action.REJECT : Output.Action.LOST,
                proposed ? reason : new Reason.DuelLost(duel.arm().number(), reason),
                step.serving.champion(),
                duel.arm());
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
