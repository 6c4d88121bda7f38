package io.afterlearner.asktell.code;

import org.jspecify.annotations.Nullable;

/** The code length of a repeated choice among items: cheap if it is the previous choice or the newest item. */
public final class ChoiceCode {

    private final SequentialCode code = new SequentialCode(3);
    private @Nullable Object before;

    /** The code length, in nats, of this choice among {@code count} items, of which the newest may be one. */
    public double nats(Object chosen, Object newest, int count) {
        int symbol = chosen == before ? 0 : chosen == newest ? 1 : 2;
        before = chosen;
        return code.nats(symbol) + (symbol == 2 ? StrictMath.log(count) : 0);
    }
}
