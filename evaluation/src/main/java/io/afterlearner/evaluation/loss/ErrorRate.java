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
                    (output, target) -> classes.mean(target, p -> classes.predicted(output, p) == target[p] ? 0 : 1),
                    0,
                    1,
                    target -> classes.refusal(target, known),
                    classes::counts);
        };
    }
}
