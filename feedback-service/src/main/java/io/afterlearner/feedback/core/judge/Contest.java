package io.afterlearner.feedback.core.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contest for the champion's place.
 *
 * @param duel the challenger that is compared with the champion
 * @param proposed whether the challenger won and waits for a person's approval
 * @param next the optimizer's latest recommendation since the duel began
 * @param shortlist the best candidates that were told better than control and measured within each guardrail, at most
 *     {@link #MAX_SHORTLIST}: the optimizer keeps recommending a candidate that lost its duel, so others need a turn
 * @param judged values of the latest {@link #MAX_JUDGED} losers, which are not tried again
 * @param lost duels lost in a row; each one lowers the error budget of the next
 */
public record Contest(
        @Nullable ArmMeasurement duel,
        boolean proposed,
        @Nullable ArmValues next,
        List<Contender> shortlist,
        List<List<Double>> judged,
        int lost) {
    static final int MAX_JUDGED = 100;
    static final int MAX_SHORTLIST = 20;

    static final Contest NONE = new Contest(null, false, null, List.of(), List.of(), 0);

    /**
     * A candidate that was told better than control.
     *
     * @param loss as measured
     */
    public record Contender(ArmValues arm, double loss) {}

    public Contest {
        shortlist = List.copyOf(shortlist);
        judged = List.copyOf(judged);
    }

    /** Error budget of the current duel: the budgets of all duels until one is won add up to alpha. */
    double alpha(double alpha) {
        double attempt = lost + 1;
        return alpha / (attempt * (attempt + 1));
    }

    Contest with(@Nullable ArmMeasurement other) {
        return new Contest(other, proposed && other != null, next, shortlist, judged, lost);
    }

    /** The candidate that waits for a person's approval; null if there is none. */
    public @Nullable Long proposedNumber() {
        return proposed && duel != null ? duel.arm().number() : null;
    }

    Contest proposing() {
        return new Contest(duel, true, next, shortlist, judged, lost);
    }

    Contest expecting(@Nullable ArmValues recommended) {
        return new Contest(duel, proposed, recommended, shortlist, judged, lost);
    }

    /** Adds to the shortlist and drops the worst. */
    Contest listing(Contender told) {
        List<Contender> listed = Stream.concat(shortlist.stream(), Stream.of(told))
                .sorted(Comparator.comparingDouble(Contender::loss))
                .limit(MAX_SHORTLIST)
                .toList();
        return new Contest(duel, proposed, next, listed, judged, lost);
    }

    Contest lostBy(ArmValues loser) {
        return new Contest(null, false, next, shortlist, remembering(loser), lost + 1);
    }

    /** A champion that failed is not tried again, either. */
    Contest dismissing(ArmValues champion) {
        return new Contest(duel, false, next, shortlist, remembering(champion), lost);
    }

    Contest won() {
        return new Contest(null, false, next, shortlist, judged, 0);
    }

    private List<List<Double>> remembering(ArmValues loser) {
        List<List<Double>> all = new ArrayList<>(judged);
        all.add(loser.values());
        return all.subList(Math.max(0, all.size() - MAX_JUDGED), all.size());
    }
}
