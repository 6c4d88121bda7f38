package io.afterlearner.asktell.population;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.code.SequentialCode;
import io.afterlearner.asktell.math.Generator;
import java.util.ArrayList;
import java.util.List;

/** A fixed number of places for members, filled in the order the points are told. */
final class Population {

    /** Told coordinates with their loss. */
    public record Member(double[] coordinates, double loss) {}

    private final int places;
    private final List<Member> members = new ArrayList<>();
    private int best;
    /** Whether a point was refused, accepted, accepted as the best, or failed. */
    private final SequentialCode code = new SequentialCode(4);

    private double learnedNats;

    Population(int places) {
        this.places = places;
    }

    boolean isFull() {
        return members.size() == places;
    }

    /** The member whose turn it is; only if the population is full. */
    int place(long turn) {
        return (int) (turn % places);
    }

    Member member(int place) {
        return members.get(place);
    }

    Member best() {
        return members.get(best);
    }

    /** A random place other than two given ones. */
    int another(Generator random, int one, int other) {
        int drawn = random.below(places);
        while (drawn == one || drawn == other) {
            drawn = random.below(places);
        }
        return drawn;
    }

    int worst() {
        learnedNats += StrictMath.log(places);
        int worst = 0;
        for (int i = 1; i < members.size(); i++) {
            worst = members.get(i).loss() > members.get(worst).loss() ? i : worst;
        }
        return worst;
    }

    /** Takes the next place; only while the population is not full. */
    void add(Member member) {
        members.add(member);
        noteBest(members.size() - 1);
    }

    /** Takes the place of a member that is not better. */
    void replace(int place, Member member) {
        members.set(place, member);
        noteBest(place);
    }

    /** Counts a point that takes no place. */
    void refuse() {
        learnedNats += code.nats(0);
    }

    /** Counts a failed point, which takes no place. */
    void refuseFailed() {
        learnedNats += code.nats(3);
    }

    private void noteBest(int place) {
        boolean leads = members.get(place).loss() <= best().loss();
        learnedNats += code.nats(leads ? 2 : 1);
        if (leads) {
            best = place;
        }
    }

    /** Like {@link Optimizer#learnedNats}, if points depend on losses only through the decisions made here. */
    double learnedNats() {
        return learnedNats;
    }
}
