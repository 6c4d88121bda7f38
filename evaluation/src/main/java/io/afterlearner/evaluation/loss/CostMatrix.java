package io.afterlearner.evaluation.loss;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Mean over examples of the mean over labels of {@code costs[true][predicted]}: mistakes with different costs. The
 * predicted class is the one with the highest score. Settings: {@code costs}, and {@link Classes.Choice}.
 */
final class CostMatrix implements LossType {
    @Override
    public String name() {
        return "cost-matrix";
    }

    @Override
    public Loss create(Settings settings) {
        double[][] costs = settings.squareMatrix("costs");
        if (costs == null) {
            throw settings.wrong("costs", "is missing; give a row of costs for each true class");
        }
        Classes.Choice choice = Classes.Choice.read(settings);
        return signature -> fit(costs, choice.fit(name(), signature), signature);
    }

    private Scorer fit(double[][] costs, Classes classes, Signature signature) {
        if (classes.classes() != 0 && classes.classes() != costs.length) {
            throw signature.misfit(
                    name(), "costs has " + costs.length + " rows for " + classes.classes() + " classes; give one each");
        }
        double[] all = Arrays.stream(costs).flatMapToDouble(Arrays::stream).toArray();
        return new MeanOverExamples(
                (output, target) -> cost(costs, classes, output, target),
                Arrays.stream(all).min().orElse(0),
                Arrays.stream(all).max().orElse(0),
                target -> classes.refusal(target, costs.length));
    }

    private static double cost(double[][] costs, Classes classes, double[] output, double[] target) {
        double sum = 0;
        int labels = 0;
        for (int position = 0; position < target.length; position++) {
            if (classes.counts(target[position])) {
                sum += at(costs[(int) target[position]], classes.predicted(output, position))
                        .orElse(Double.POSITIVE_INFINITY);
                labels++;
            }
        }
        return sum / labels;
    }

    /** A model that puts out labels may put out one that has no price. */
    private static OptionalDouble at(double[] row, int predicted) {
        return predicted >= 0 && predicted < row.length ? OptionalDouble.of(row[predicted]) : OptionalDouble.empty();
    }
}
