package io.afterlearner.benchmarks.quality;

import java.util.function.ToDoubleBiFunction;

/** Discrete test functions of the distances of choices from the right ones, which are 0, 1, .. repeated; the minimum is 0. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
enum Counting {
    ONEMAX(Counting::wrong),
    LEADINGONES((choices, arity) -> {
        int right = 0;
        while (right < choices.length && choices[right] == right % arity) {
            right++;
        }
        return choices.length - right;
    }),
    /** Onemax with the last 8 levels before the optimum reversed, so that the optimum is one leap away. */
    JUMP((choices, arity) -> {
        int right = choices.length - wrong(choices, arity);
        boolean outsideTheGap = right == choices.length || right <= choices.length - Counting.GAP;
        return Counting.GAP + (outsideTheGap ? choices.length - Counting.GAP - right : right);
    });

    private static final int GAP = 8;

    private final ToDoubleBiFunction<double[], Integer> formula;

    Counting(ToDoubleBiFunction<double[], Integer> formula) {
        this.formula = formula;
    }

    double value(double[] choices, int arity) {
        return formula.applyAsDouble(choices, arity);
    }

    private static int wrong(double[] choices, int arity) {
        int wrong = 0;
        for (int i = 0; i < choices.length; i++) {
            wrong += choices[i] == i % arity ? 0 : 1;
        }
        return wrong;
    }
}
