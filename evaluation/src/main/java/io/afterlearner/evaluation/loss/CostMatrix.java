package io.afterlearner.evaluation.loss;

import java.util.Arrays;

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
            throw settings.wrong("costs", "is missing", "give a row of costs for each true class");
        }
        Classes.Choice choice = Classes.Choice.read(settings);
        return signature -> fit(costs, choice.fit(name(), signature), signature);
    }

    private Scorer fit(double[][] costs, Classes classes, Signature signature) {
        if (classes.classes() != 0 && classes.classes() != costs.length) {
            throw signature.misfit(
                    name(), "give one row of costs for each of " + classes.classes() + " classes, not " + costs.length);
        }
        double[] all = Arrays.stream(costs).flatMapToDouble(Arrays::stream).toArray();
        return new MeanOverExamples(
                (output, target) ->
                        classes.mean(target, p -> cost(costs[(int) target[p]], classes.predicted(output, p))),
                Arrays.stream(all).min().orElse(0),
                Arrays.stream(all).max().orElse(0),
                target -> classes.refusal(target, costs.length),
                classes::counts);
    }

    /** A model whose output is labels may predict one without a cost. */
    private static double cost(double[] row, int predicted) {
        return predicted >= 0 && predicted < row.length ? row[predicted] : Double.POSITIVE_INFINITY;
    }
}
