package io.afterlearner.evaluation.loss;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.Tensor.ElementType;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How an example's output encodes classes: scores along one axis, one number compared with a threshold, or plain
 * labels. An example has one position (one class per image) or many (one class per pixel or token).
 *
 * @param classes number of classes; 0 if the output is labels, whose number is unknown
 * @param stride elements between one position's scores
 * @param threshold a single score above it is class 1; NaN if scores are compared with each other
 * @param ignore a target label that does not count
 */
record Classes(int classes, int positions, int stride, double threshold, OptionalLong ignore) {
    /** Settings that all losses on classes know: {@code axis} (counting the batch dimension; default 1), {@code ignore}, {@code threshold}. */
    record Choice(OptionalLong axis, OptionalLong ignore, OptionalDouble threshold) {
        static Choice read(Settings settings) {
            return new Choice(
                    settings.whole("axis", -16, 16),
                    settings.whole("ignore", Long.MIN_VALUE, Long.MAX_VALUE),
                    settings.number("threshold", -Double.MAX_VALUE, Double.MAX_VALUE));
        }

        Classes fit(String loss, Signature signature) {
            int positions = Signature.elements(signature.targetShape());
            if (threshold.isPresent() || !signature.realOutput()) {
                return onePerPosition(loss, signature, positions);
            }
            return alongAxis(loss, signature, positions);
        }

        private Classes onePerPosition(String loss, Signature signature, int positions) {
            if (Signature.elements(signature.outputShape()) != positions) {
                throw signature.misfit(loss, "with a threshold or whole numbers, give one output per label");
            }
            boolean labels = !signature.realOutput();
            return new Classes(labels ? 0 : 2, positions, 1, threshold.orElse(Double.NaN), ignore);
        }

        private Classes alongAxis(String loss, Signature signature, int positions) {
            long[] shape = signature.outputShape();
            long wanted = axis.orElse(1);
            int at = (int) (wanted < 0 ? shape.length + wanted : wanted - 1);
            if (at < 0 || at >= shape.length) {
                throw signature.misfit(
                        loss,
                        shape.length == 0
                                ? "set threshold, because there is one score per example"
                                : "set axis to the output's class axis, 1 to " + shape.length);
            }
            if (!Arrays.equals(Signature.squeeze(without(shape, at)), Signature.squeeze(signature.targetShape()))) {
                throw signature.misfit(
                        loss,
                        "give whole-number labels in the shape of the output without its class axis " + (at + 1)
                                + ", or set axis: -1 if the classes are last");
            }
            if (shape[at] < 2) {
                throw signature.misfit(loss, "set threshold, because there is one score per label");
            }
            if (shape[at] > 2 && signature.targetType() == ElementType.BOOL) {
                throw signature.misfit(loss, "give whole-number labels, because true and false name only two classes");
            }
            long[] inner = Arrays.copyOfRange(shape, at + 1, shape.length);
            return new Classes((int) shape[at], positions, Signature.elements(inner), Double.NaN, ignore);
        }

        private static long[] without(long[] shape, int at) {
            return IntStream.range(0, shape.length)
                    .filter(d -> d != at)
                    .mapToLong(d -> shape[d])
                    .toArray();
        }
    }

    boolean counts(double label) {
        return ignore.isEmpty() || label != ignore.getAsLong();
    }

    /** Index of a position's score for a class. */
    int score(int position, int of) {
        return (position / stride * classes + of) * stride + position % stride;
    }

    /** The class with the highest score; of equal ones the first. */
    int predicted(double[] output, int position) {
        if (classes == 0) {
            return (int) output[position];
        }
        if (!Double.isNaN(threshold)) {
            return output[position] > threshold ? 1 : 0;
        }
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (output[score(position, c)] > output[score(position, best)]) {
                best = c;
            }
        }
        return best;
    }

    /** See {@link Scorer#refuse}. */
    @Nullable
    Refusal refusal(double[] target, int ofClasses) {
        for (double label : target) {
            if (counts(label) && !(label >= 0 && label < ofClasses && label == Math.rint(label))) {
                return new Refusal(
                        "has the label " + label + ", not 0 to " + (ofClasses - 1),
                        "correct it, or set ignore to labels that do not count");
            }
        }
        return null;
    }

    /** The mean of a number over the positions of an example whose label counts; NaN if none does. */
    double mean(double[] target, IntToDoubleFunction atPosition) {
        double sum = 0;
        int labels = 0;
        for (int position = 0; position < target.length; position++) {
            if (counts(target[position])) {
                sum += atPosition.applyAsDouble(position);
                labels++;
            }
        }
        return sum / labels;
    }
}
