package io.afterlearner.local.cli.bench;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.study.InputException;
import java.util.List;

/** Refuses in one line what a {@code bench} cannot measure. */
final class BenchOptions {
    private BenchOptions() {}

    static void within(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new InputException("afterlearner: " + option + " must be " + text(least) + " to " + text(most)
                    + ", not " + text(value));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    static void requireKnown(List<String> optimizers) {
        for (String optimizer : optimizers) {
            if (!Optimizers.names().contains(optimizer)) {
                throw new InputException("afterlearner: --optimizer " + optimizer + ": unknown; use "
                        + String.join(", ", Optimizers.names()));
            }
        }
    }
}
