package io.afterlearner.benchmarks.quality;

/** Discrete test functions of the distances of choices from the right ones, which are 0, 1, .. repeated; the minimum is 0. */
enum Counting {
    ONEMAX {
        @Override
        double value(double[] choices, int arity) {
            return wrong(choices, arity);
        }
    },
    LEADINGONES {
        @Override
        double value(double[] choices, int arity) {
            int right = 0;
            while (right < choices.length && choices[right] == right % arity) {
                right++;
            }
            return choices.length - right;
        }
    },
    /** Onemax with the last 8 levels before the optimum reversed, so that the optimum is one leap away. */
    JUMP {
        @Override
        double value(double[] choices, int arity) {
            int right = choices.length - wrong(choices, arity);
            boolean outsideTheGap = right == choices.length || right <= choices.length - GAP;
            return GAP + (outsideTheGap ? choices.length - GAP - right : right);
        }
    };

    private static final int GAP = 8;

    abstract double value(double[] choices, int arity);

    private static int wrong(double[] choices, int arity) {
        int wrong = 0;
        for (int i = 0; i < choices.length; i++) {
            wrong += choices[i] == i % arity ? 0 : 1;
        }
        return wrong;
    }
}
