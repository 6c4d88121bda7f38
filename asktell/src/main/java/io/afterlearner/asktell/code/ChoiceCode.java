package io.afterlearner.asktell.code;

import org.jspecify.annotations.Nullable;

/** The length of a code for which of some things is chosen, time and again: mostly the one before, or the newest. */
public final class ChoiceCode {

    private final SequentialCode code = new SequentialCode(3);
    private @Nullable Object before;

    /**
     * What this choice adds, in nats.
     *
     * @param newest may be among them or not
     * @param count how many there are to choose from
     */
    public double nats(Object chosen, Object newest, int count) {
        int symbol = chosen == before ? 0 : chosen == newest ? 1 : 2;
        before = chosen;
        return code.nats(symbol) + (symbol == 2 ? StrictMath.log(count) : 0);
    }
}
