package io.afterlearner.feedback.core.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * What units meet.
 *
 * @param revision counts up by one with each change
 * @param slots a candidate's, or NONE's: its units meet the champion
 */
public record Serving(long revision, State state, ArmValues control, ArmValues champion, List<ArmValues> slots) {
    static final ArmValues NONE = new ArmValues(-1, List.of(), 0);

    /** EXPLORING as planned; HOLDING: nobody meets a candidate; REVERTED: everybody gets ℵ₀, until a person resumes. */
    public enum State {
        EXPLORING,
        HOLDING,
        REVERTED
    }

    public Serving {
        slots = List.copyOf(slots);
    }

    Serving with(State next) {
        return new Serving(revision, next, control, champion, slots);
    }

    Serving with(ArmValues next) {
        return new Serving(revision, state, control, next, slots);
    }

    Serving at(long next) {
        return new Serving(next, state, control, champion, slots);
    }

    /** With the first free slot taken. */
    Serving occupiedBy(ArmValues arm) {
        List<ArmValues> taken = new ArrayList<>(slots);
        taken.set(slots.indexOf(NONE), arm);
        return new Serving(revision, state, control, champion, taken);
    }

    /** With all slots of a candidate free. */
    Serving without(long number) {
        List<ArmValues> left =
                slots.stream().map(s -> s.number() == number ? NONE : s).toList();
        return new Serving(revision, state, control, champion, left);
    }

    boolean hasRoom() {
        return slots.contains(NONE);
    }

    long slotsOf(long number) {
        return slots.stream().filter(s -> s.number() == number).count();
    }
}
