package io.afterlearner.asktell;

import java.util.ArrayList;
import java.util.List;

/** A fixed number of places for members, taken in the order they are told. */
final class Population {

    /** Told coordinates with their loss. */
    record Member(double[] coordinates, double loss) {}

    private final int places;
    private final List<Member> members = new ArrayList<>();
    private int best;

    Population(int places) {
        this.places = places;
    }

    boolean isFull() {
        return members.size() == places;
    }

    /** Whose turn it is; only of a full population. */
    int place(long turn) {
        return (int) (turn % places);
    }

    Member member(int place) {
        return members.get(place);
    }

    Member best() {
        return members.get(best);
    }

    /** A place that is neither of two. */
    int another(Generator random, int one, int other) {
        int drawn = random.below(places);
        while (drawn == one || drawn == other) {
            drawn = random.below(places);
        }
        return drawn;
    }

    int worst() {
        int worst = 0;
        for (int i = 1; i < members.size(); i++) {
            worst = members.get(i).loss() > members.get(worst).loss() ? i : worst;
        }
        return worst;
    }

    /** Takes the next place; only while not full. */
    void add(Member member) {
        members.add(member);
        noteBest(members.size() - 1);
    }

    /** Takes the place of one that is not better. */
    void replace(int place, Member member) {
        members.set(place, member);
        noteBest(place);
    }

    private void noteBest(int place) {
        if (members.get(place).loss() <= best().loss()) {
            best = place;
        }
    }
}
