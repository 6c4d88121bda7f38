package io.afterlearner.evaluation.loss;

/**
 * Mean over examples of the mean over labels of −ln p(label), p by softmax from logits, or as it is if
 * {@code probabilities: true}; p below 1e-15 counts as 1e-15. Settings: also {@code axis} and {@code ignore} of
 * {@link Classes.Choice}.
 */
final class LogLoss implements LossType {
    private static final double MIN_PROBABILITY = 1e-15;

    @Override
    public String name() {
        return "log-loss";
    }

    @Override
    public Loss create(Settings settings) {
        boolean probabilities = settings.flag("probabilities", false);
        Classes.Choice choice = Classes.Choice.read(settings);
        if (choice.threshold().isPresent()) {
            throw settings.wrong("threshold", "is not for this loss", "remove it");
        }
        return signature -> {
            Classes classes = choice.fit(name(), signature);
            if (classes.classes() == 0) {
                throw signature.misfit(name(), "give a score for each class");
            }
            return new MeanOverExamples(
                    (output, target) -> surprise(classes, probabilities, output, target),
                    0,
                    -Math.log(MIN_PROBABILITY),
                    target -> classes.refusal(target, classes.classes()),
                    classes::counts);
        };
    }

    private static double surprise(Classes classes, boolean probabilities, double[] output, double[] target) {
        return classes.mean(target, position -> {
            double score = output[classes.score(position, (int) target[position])];
            double p = probabilities ? score : Math.exp(score - logSumExp(classes, output, position));
            return -Math.log(Math.max(MIN_PROBABILITY, Math.min(1, p)));
        });
    }

    /** ln Σ exp(score) without overflow. */
    private static double logSumExp(Classes classes, double[] output, int position) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes.classes(); c++) {
            max = Math.max(max, output[classes.score(position, c)]);
        }
        double sum = 0;
        for (int c = 0; c < classes.classes(); c++) {
            sum += Math.exp(output[classes.score(position, c)] - max);
        }
        return max + Math.log(sum);
    }
}
