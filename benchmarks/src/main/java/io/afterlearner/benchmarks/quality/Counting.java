package io.afterlearner.benchmarks.quality;

/** Discrete test functions: how far choices are from the right ones, which are 0, 1, .. again and again; 0 is the minimum. */
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
    /** Onemax upside down for the last 8 before the end, which is then one leap away. */
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
