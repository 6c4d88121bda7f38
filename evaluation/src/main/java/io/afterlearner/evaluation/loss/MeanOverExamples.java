package io.afterlearner.evaluation.loss;

import io.afterlearner.aleph.Refusal;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The mean over examples of one number per example. An example whose number is NaN is not counted.
 *
 * @param number of an example, from its output and target
 * @param low least number possible; negative infinity if there is none
 * @param high greatest number possible; positive infinity if there is none
 * @param refusal see {@link Scorer#refuse}
 * @param counted see {@link Scorer#counts}
 */
record MeanOverExamples(
        ToDoubleBiFunction<double[], double[]> number,
        double low,
        double high,
        Function<double[], @Nullable Refusal> refusal,
        DoublePredicate counted)
        implements Scorer {

    @Override
    public int statistics() {
        return 2;
    }

    @Override
    public void score(double[] output, double[] target, double[] statistics) {
        double value = number.applyAsDouble(output, target);
        if (!Double.isNaN(value)) {
            statistics[0] = value;
            statistics[1] = 1;
        }
    }

    @Override
    public double value(double[] sums, long examples) {
        return sums[0] / sums[1];
    }

    @Override
    public Optional<BoundedMean> boundedMean(double[] sums, long examples) {
        return Double.isInfinite(low) || Double.isInfinite(high)
                ? Optional.empty()
                : Optional.of(new BoundedMean(low, high, (long) sums[1]));
    }

    @Override
    public @Nullable Refusal refuse(double[] target) {
        return refusal.apply(target);
    }

    @Override
    public boolean counts(double element) {
        return counted.test(element);
    }
}
