package io.afterlearner.evaluation.loss;

import io.afterlearner.aleph.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * 1 − F1, with F1 = 2·TP / (2·TP + FP + FN) of each class over all labels. {@code average} is macro (the default: the
 * mean over classes that occur among labels or predictions), micro (all classes' counts together), weighted (by how
 * often a class is the label) or binary (class {@code positive}, default 1). Also {@link Classes.Choice}.
 */
final class F1 implements LossType {
    /** Three counts a class and example are kept, so classes have a limit. */
    private static final int MAX_CLASSES = 1000;

    private static final Set<String> AVERAGES = Set.of("macro", "micro", "weighted", "binary");

    @Override
    public String name() {
        return "f1";
    }

    @Override
    public Loss create(Settings settings) {
        String average = settings.word("average", "macro", AVERAGES);
        int positive = (int) settings.whole("positive", 0, MAX_CLASSES - 1).orElse(1);
        Classes.Choice choice = Classes.Choice.read(settings);
        return signature -> {
            Classes classes = choice.fit(name(), signature);
            if (classes.classes() == 0 || classes.classes() > MAX_CLASSES) {
                throw signature.misfit(name(), "give scores of 2 to " + MAX_CLASSES + " classes");
            }
            if (average.equals("binary") && positive >= classes.classes()) {
                throw signature.misfit(name(), "set positive to a class, 0 to " + (classes.classes() - 1));
            }
            return new Counts(classes, average, positive);
        };
    }

    private record Counts(Classes classes, String average, int positive) implements Scorer {
        @Override
        public int statistics() {
            return 3 * classes.classes();
        }

        @Override
        public void score(double[] output, double[] target, double[] statistics) {
            for (int position = 0; position < target.length; position++) {
                if (classes.counts(target[position])) {
                    int label = (int) target[position];
                    int predicted = classes.predicted(output, position);
                    statistics[3 * label + (predicted == label ? 0 : 2)]++;
                    if (predicted != label) {
                        statistics[3 * predicted + 1]++;
                    }
                }
            }
        }

        @Override
        public double value(double[] sums, long examples) {
            return switch (average) {
                case "binary" -> 1 - f1(sums[3 * positive], sums[3 * positive + 1], sums[3 * positive + 2]);
                case "micro" -> micro(sums);
                default -> mean(sums, average.equals("weighted"));
            };
        }

        private double micro(double[] sums) {
            double[] all = new double[3];
            for (int i = 0; i < sums.length; i++) {
                all[i % 3] += sums[i];
            }
            return 1 - f1(all[0], all[1], all[2]);
        }

        private double mean(double[] sums, boolean weighted) {
            double sum = 0;
            double weights = 0;
            for (int c = 0; c < classes.classes(); c++) {
                double hits = sums[3 * c];
                double extra = sums[3 * c + 1];
                double missed = sums[3 * c + 2];
                double weight = weighted ? hits + missed : hits + extra + missed > 0 ? 1 : 0;
                if (weight > 0) {
                    sum += weight * f1(hits, extra, missed);
                    weights += weight;
                }
            }
            return 1 - sum / weights;
        }

        private static double f1(double hits, double extra, double missed) {
            return 2 * hits / (2 * hits + extra + missed);
        }

        @Override
        public boolean counts(double element) {
            return classes.counts(element);
        }

        @Override
        public @Nullable Refusal refuse(double[] target) {
            return classes.refusal(target, classes.classes());
        }
    }
}
