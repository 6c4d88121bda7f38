package io.afterlearner.feedback.core.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * What units are served.
 *
 * @param revision incremented with each change
 * @param previous what the units of the champion get that its ramp has not reached yet; NONE if it has reached all
 * @param rampShare share of its units that the champion has reached, 1 for all
 * @param slots candidates; units of a NONE slot are served the champion
 */
public record Serving(
        long revision,
        State state,
        ArmValues control,
        ArmValues champion,
        ArmValues previous,
        double rampShare,
        List<ArmValues> slots) {
    static final ArmValues NONE = new ArmValues(-1, List.of(), 0);

    /** EXPLORING: as planned; HOLDING: no candidates; REVERTED: ℵ₀ for every unit, until a person resumes. */
    public enum State {
        EXPLORING,
        HOLDING,
        REVERTED
    }

    public Serving {
        slots = List.copyOf(slots);
    }

    Serving with(State next) {
        return new Serving(revision, next, control, champion, previous, rampShare, slots);
    }

    /** Serves another champion, or more units of it. */
    Serving at(ArmValues next, ArmValues before, double share) {
        return new Serving(revision, state, control, next, before, share, slots);
    }

    /** Whether the champion does not serve all its units yet. */
    public boolean isRamping() {
        return rampShare < 1;
    }

    Serving at(long next) {
        return new Serving(next, state, control, champion, previous, rampShare, slots);
    }

    /** Takes the first free slot. */
    Serving occupiedBy(ArmValues arm) {
        List<ArmValues> taken = new ArrayList<>(slots);
        taken.set(slots.indexOf(NONE), arm);
        return new Serving(revision, state, control, champion, previous, rampShare, taken);
    }

    /** Units drawn before this time do not count for the candidates in slots: they got the champion meanwhile. */
    Serving slotsSince(long atMillis) {
        List<ArmValues> again = slots.stream()
                .map(s -> s.equals(NONE) ? NONE : s.since(atMillis))
                .toList();
        return new Serving(revision, state, control, champion, previous, rampShare, again);
    }

    /** Frees all slots of a candidate. */
    Serving without(long number) {
        List<ArmValues> left =
                slots.stream().map(s -> s.number() == number ? NONE : s).toList();
        return new Serving(revision, state, control, champion, previous, rampShare, left);
    }

    boolean hasRoom() {
        return slots.contains(NONE);
    }

    long slotsOf(long number) {
        return slots.stream().filter(s -> s.number() == number).count();
    }
}
