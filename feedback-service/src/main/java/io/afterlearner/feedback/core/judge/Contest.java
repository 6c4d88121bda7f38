package io.afterlearner.feedback.core.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who would be champion.
 *
 * @param duel the one that is measured against the champion
 * @param proposed whether it won and waits for a person
 * @param next what the optimizer recommended meanwhile
 * @param shortlist candidates told better than control that measured within each guardrail, the best first, at
 *     most {@link #LISTED}: where what is recommended lost, the optimizer, which was told its loss, goes on
 *     recommending it
 * @param judged values of those that lost, the latest {@link #REMEMBERED}: they get no second try
 * @param lost how many duels in a row: each makes the next one harder, or one of many would win by luck
 */
public record Contest(
        @Nullable ArmMeasurement duel,
        boolean proposed,
        @Nullable ArmValues next,
        List<Contender> shortlist,
        List<List<Double>> judged,
        int lost) {
    static final int REMEMBERED = 100;
    /** Of those told, how many are kept. */
    static final int LISTED = 20;

    static final Contest NONE = new Contest(null, false, null, List.of(), List.of(), 0);

    /**
     * A candidate that was told better than control.
     *
     * @param loss as told
     */
    public record Contender(ArmValues arm, double loss) {}

    public Contest {
        shortlist = List.copyOf(shortlist);
        judged = List.copyOf(judged);
    }

    /** Of wrongly promoting: over all duels until one is won, they add up to alpha. */
    double alpha(double alpha) {
        double attempt = lost + 1;
        return alpha / (attempt * (attempt + 1));
    }

    Contest with(@Nullable ArmMeasurement other) {
        return new Contest(other, proposed && other != null, next, shortlist, judged, lost);
    }

    Contest proposing() {
        return new Contest(duel, true, next, shortlist, judged, lost);
    }

    Contest expecting(@Nullable ArmValues recommended) {
        return new Contest(duel, proposed, recommended, shortlist, judged, lost);
    }

    /** The better ones stay. */
    Contest listing(Contender told) {
        List<Contender> listed = Stream.concat(shortlist.stream(), Stream.of(told))
                .sorted(Comparator.comparingDouble(Contender::loss))
                .limit(LISTED)
                .toList();
        return new Contest(duel, proposed, next, listed, judged, lost);
    }

    Contest lostBy(ArmValues loser) {
        return new Contest(null, false, next, shortlist, remembering(loser), lost + 1);
    }

    /** A champion that failed gets no second try, either. */
    Contest dismissing(ArmValues champion) {
        return new Contest(duel, false, next, shortlist, remembering(champion), lost);
    }

    Contest won() {
        return new Contest(null, false, next, shortlist, judged, 0);
    }

    private List<List<Double>> remembering(ArmValues loser) {
        List<List<Double>> all = new ArrayList<>(judged);
        all.add(loser.values());
        return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
    }
}
