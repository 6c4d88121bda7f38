package io.afterlearner.evaluation.loss;

import io.afterlearner.aleph.Refusal;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** What the losses on depth maps share: which pixels count, and a mean over each image's pixels. */
final class Depths {
    private Depths() {}

    /** A pixel counts if its true depth is known: finite and above 0. */
    static boolean counts(double target) {
        return target > 0 && target < Double.POSITIVE_INFINITY;
    }

    /** The mean over images of the mean of a number over the pixels that count; an image without such a pixel does not count. */
    static Scorer meanOfImages(String loss, Signature signature, double low, double high, DoubleBinaryOperator pixel) {
        if (!signature.realOutput() || !signature.sameShape()) {
            throw signature.misfit(loss, "give a depth for every pixel of the target");
        }
        return new MeanOverExamples(
                (output, target) -> meanOverPixels(output, target, pixel), low, high, Depths::refusal, Depths::counts);
    }

    private static double meanOverPixels(double[] output, double[] target, DoubleBinaryOperator pixel) {
        double sum = 0;
        int pixels = 0;
        for (int i = 0; i < target.length; i++) {
            if (counts(target[i])) {
                sum += pixel.applyAsDouble(output[i], target[i]);
                pixels++;
            }
        }
        return sum / pixels;
    }

    private static @Nullable Refusal refusal(double[] target) {
        return Arrays.stream(target).anyMatch(t -> t < 0)
                ? new Refusal("has a negative depth", "mark pixels of unknown depth with 0 or NaN")
                : null;
    }
}
