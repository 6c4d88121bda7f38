package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contest for the champion's place.
 *
 * @param duel the challenger that is compared with the champion
 * @param effort what the duel was planned to take
 * @param proposed whether the challenger won and waits for a person's approval
 * @param next the optimizer's latest recommendation since the duel began
 * @param shortlist the best candidates that were told better than control and measured within each guardrail, at most
 *     {@link #MAX_SHORTLIST}, and as many by their early values: the optimizer keeps recommending a candidate that lost its duel, so others need a turn
 * @param judged values of the latest {@link #MAX_JUDGED} losers, which are not tried again
 * @param duels number of duels begun since the study began, or since a person granted a new error budget
 */
public record Contest(
        @Nullable ArmMeasurement duel,
        Effort effort,
        boolean proposed,
        @Nullable ArmValues next,
        List<Contender> shortlist,
        List<List<Double>> judged,
        long duels) {
    static final int MAX_JUDGED = 100;
    static final int MAX_SHORTLIST = 20;

    static final Contest NONE = new Contest(null, Effort.NONE, false, null, List.of(), List.of(), 0);

    /**
     * A candidate that was told better than control.
     *
     * @param loss as measured
     * @param error standard error of the loss
     * @param provisional whether the windows of its exposures go on: it has no duel before they are over
     */
    public record Contender(ArmValues arm, double loss, double error, boolean provisional) {}

    public Contest {
        shortlist = List.copyOf(shortlist);
        judged = List.copyOf(judged);
    }

    /**
     * Error budget of a duel: the budgets of all duels of a study's life add up to alpha.
     *
     * @param attempt number of the duel, from 1
     */
    public static double alpha(double alpha, double attempt) {
        return alpha / (attempt * (attempt + 1));
    }

    /** Error budget of the current duel. */
    double alpha(double alpha) {
        return alpha(alpha, (double) Math.max(1, duels));
    }

    Contest with(@Nullable ArmMeasurement other) {
        return new Contest(other, effort, proposed && other != null, next, shortlist, judged, duels);
    }

    /** Begins a duel, which has its share of the error budget. */
    Contest begun(ArmMeasurement challenger, Effort planned) {
        return new Contest(challenger, planned, false, null, shortlist, judged, duels + 1);
    }

    /** The candidate that waits for a person's approval; null if there is none. */
    public @Nullable Long proposedNumber() {
        return proposed && duel != null ? duel.arm().number() : null;
    }

    Contest proposing() {
        return new Contest(duel, effort, true, next, shortlist, judged, duels);
    }

    Contest expecting(@Nullable ArmValues recommended) {
        return new Contest(duel, effort, proposed, recommended, shortlist, judged, duels);
    }

    /** Adds to the shortlist and drops the worst. */
    Contest listing(Contender told) {
        return listed(Stream.concat(shortlist.stream(), Stream.of(told)));
    }

    /** Early values have another scale than those of whole windows, so each kind has its places. */
    private Contest listed(Stream<Contender> candidates) {
        List<Contender> sorted =
                candidates.sorted(Comparator.comparingDouble(Contender::loss)).toList();
        List<Contender> listed = Stream.of(false, true)
                .flatMap(early ->
                        sorted.stream().filter(c -> c.provisional() == early).limit(MAX_SHORTLIST))
                .toList();
        return new Contest(duel, effort, proposed, next, listed, judged, duels);
    }

    /** Whether a candidate is on the shortlist by its early values. */
    boolean isProvisional(long number) {
        return shortlist.stream().anyMatch(c -> c.provisional() && c.arm().number() == number);
    }

    /** Whether any is. */
    boolean hasProvisional() {
        return shortlist.stream().anyMatch(Contender::provisional);
    }

    /** With the values of whole windows of a candidate on the shortlist. */
    Contest corrected(long number, double loss, double error) {
        return listed(shortlist.stream()
                .map(c -> c.arm().number() == number ? new Contender(c.arm(), loss, error, false) : c));
    }

    /** Without a candidate that turned out not to be better. */
    Contest without(long number) {
        return listed(shortlist.stream().filter(c -> c.arm().number() != number));
    }

    Contest lostBy(ArmValues loser) {
        return new Contest(null, Effort.NONE, false, next, shortlist, remembering(loser), duels);
    }

    /** A champion that failed, or a candidate that is not worth a duel, is not tried again, either. */
    Contest dismissing(ArmValues arm) {
        return new Contest(duel, effort, proposed, next, shortlist, remembering(arm), duels);
    }

    Contest won() {
        return new Contest(null, Effort.NONE, false, next, shortlist, judged, duels);
    }

    /** After a drift losers may win, and what was measured no longer holds; the error budget stays spent. */
    Contest drifted() {
        return new Contest(duel, effort, proposed, null, List.of(), List.of(), duels);
    }

    /** A person granted a new error budget. */
    Contest granted() {
        return new Contest(duel, effort, proposed, next, shortlist, judged, 0);
    }

    private List<List<Double>> remembering(ArmValues loser) {
        List<List<Double>> all = new ArrayList<>(judged);
        all.add(loser.values());
        return all.subList(Math.max(0, all.size() - MAX_JUDGED), all.size());
    }
}
