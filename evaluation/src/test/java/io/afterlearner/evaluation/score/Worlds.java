package io.afterlearner.evaluation.score;

import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.loss.Scorer;
import io.afterlearner.evaluation.loss.Signature;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Populations of examples on which a candidate has the same expected loss as the shipped one, or a planted gain. */
final class Worlds {
    /** Effects are as often good as bad, by as much. */
    static final List<World> EVEN = List.of(
            new World("mean error, each × 0.5 to 1.5", "abs-rel", Map.of(), Worlds::scaled),
            new World("mean error, unrelated errors", "abs-rel", Map.of(), Worlds::unrelated),
            new World("rmse, squares × 0.5 to 1.5", "rmse", Map.of(), Worlds::squares),
            new World("error rate", "error-rate", Map.of("threshold", "0.5"), Worlds::labels),
            new World("F1", "f1", Map.of("threshold", "0.5", "average", "\"binary\""), Worlds::labels),
            new World(
                    "F1, recall for precision",
                    "f1",
                    Map.of("threshold", "0.5", "average", "\"binary\""),
                    Worlds::traded));

    /** Many small gains are paid for by few large harms, which a small sample may lack. */
    static final List<World> UNEVEN = List.of(
            new World("mean error, each × log-normal 0.3", "abs-rel", Map.of(), Worlds::skewed),
            new World("mean error, 70 % × 0.7, 30 % × 1.7", "abs-rel", Map.of(), Worlds::harmed));

    private static final double PREVALENCE = 0.3;

    private Worlds() {}

    interface Draw {
        /** Fills the outputs (shipped, candidate) and returns the target. */
        double example(SplittableRandom random, double planted, double[] outputs);
    }

    /** @param draw a planted gain of 0 leaves the expected loss as it is; of 1, the most there can be */
    record World(String name, String loss, Map<String, String> settings, Draw draw) {

        Score[] scores(int examples, double planted, SplittableRandom random) {
            boolean numbers = loss.matches("abs-rel|rmse");
            Signature signature = new Signature(
                    "y", ElementType.FLOAT, new long[0], numbers ? ElementType.FLOAT : ElementType.INT64, new long[0]);
            Scorer scorer = Losses.create(loss, settings).loss().fit(signature);
            int width = scorer.statistics();
            double[][] statistics = new double[2][examples * width];
            double[] outputs = new double[2];
            for (int i = 0; i < examples; i++) {
                double[] target = {draw.example(random, planted, outputs)};
                for (int model = 0; model < 2; model++) {
                    double[] one = new double[width];
                    scorer.score(new double[] {outputs[model]}, target, one);
                    System.arraycopy(one, 0, statistics[model], i * width, width);
                }
            }
            return new Score[] {Score.of(scorer, statistics[0]), Score.of(scorer, statistics[1])};
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }

    static double normal(SplittableRandom random) {
        return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static double errors(double[] outputs, double shipped, double candidate) {
        outputs[0] = 1 + shipped;
        outputs[1] = 1 + candidate;
        return 1;
    }

    private static double scaled(SplittableRandom random, double planted, double[] outputs) {
        double error = exponential(random);
        return errors(outputs, error, error * (0.5 + random.nextDouble()) * (1 - planted));
    }

    private static double unrelated(SplittableRandom random, double planted, double[] outputs) {
        return errors(outputs, exponential(random), exponential(random) * (1 - planted));
    }

    private static double skewed(SplittableRandom random, double planted, double[] outputs) {
        double error = exponential(random);
        return errors(outputs, error, error * Math.exp(0.3 * normal(random) - 0.045) * (1 - planted));
    }

    private static double harmed(SplittableRandom random, double planted, double[] outputs) {
        double error = exponential(random);
        return errors(outputs, error, error * (random.nextDouble() < 0.7 ? 0.7 : 1.7) * (1 - planted));
    }

    private static double squares(SplittableRandom random, double planted, double[] outputs) {
        outputs[0] = normal(random) * (0.5 + random.nextDouble());
        outputs[1] = outputs[0] * Math.sqrt((0.5 + random.nextDouble()) * (1 - planted));
        return 0;
    }

    /** Some examples are harder than others; both models err on an example with the same probability. */
    private static double labels(SplittableRandom random, double planted, double[] outputs) {
        int label = random.nextDouble() < PREVALENCE ? 1 : 0;
        double hardness = 0.6 * random.nextDouble();
        boolean wrong = random.nextDouble() < hardness;
        boolean again = random.nextDouble() < hardness && random.nextDouble() >= planted;
        outputs[0] = wrong ? 1 - label : label;
        outputs[1] = again ? 1 - label : label;
        return label;
    }

    /** The candidate has fewer false positives and, at the same F1, fewer hits. */
    private static double traded(SplittableRandom random, double planted, double[] outputs) {
        double f1 = 2 * PREVALENCE * 0.8 / (PREVALENCE * 1.8 + 0.7 * 0.2);
        double recall = f1 * (PREVALENCE + 0.7 * 0.1) / (PREVALENCE * (2 - f1));
        int label = random.nextDouble() < PREVALENCE ? 1 : 0;
        double shipped = label == 1 ? 0.8 : 0.2;
        double candidate = label == 1 ? recall + planted * (1 - recall) : 0.1 * (1 - planted);
        outputs[0] = random.nextDouble() < shipped ? 1 : 0;
        outputs[1] = random.nextDouble() < candidate ? 1 : 0;
        return label;
    }
}
