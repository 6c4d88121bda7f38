package io.afterlearner.evaluation.loss;

/** Mean over examples of the share of wrong labels. Settings: see {@link Classes.Choice}. */
final class ErrorRate implements LossType {
    @Override
    public String name() {
        return "error-rate";
    }

    @Override
    public Loss create(Settings settings) {
        Classes.Choice choice = Classes.Choice.read(settings);
        return signature -> {
            Classes classes = choice.fit(name(), signature);
            int known = classes.classes() == 0 ? Integer.MAX_VALUE : classes.classes();
            return new MeanOverExamples(
                    (output, target) -> wrong(classes, output, target), 0, 1, target -> classes.refusal(target, known));
        };
    }

    private static double wrong(Classes classes, double[] output, double[] target) {
        double wrong = 0;
        int labels = 0;
        for (int position = 0; position < target.length; position++) {
            if (classes.counts(target[position])) {
                wrong += classes.predicted(output, position) == target[position] ? 0 : 1;
                labels++;
            }
        }
        return wrong / labels;
    }
}
