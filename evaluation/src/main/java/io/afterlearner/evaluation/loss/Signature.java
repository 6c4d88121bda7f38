package io.afterlearner.evaluation.loss;

import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.DataException.Subject;
import java.util.Arrays;

/**
 * Type and shape of one example. Shapes do not include the batch dimension: they are empty if an example is one number.
 *
 * @param output name of the graph output that is scored
 */
public record Signature(
        String output, ElementType outputType, long[] outputShape, ElementType targetType, long[] targetShape) {

    /** Elements of a shape. */
    public static int elements(long[] shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    /** An error that shows both shapes. */
    public DataException misfit(String loss, String fix) {
        return new DataException(Subject.LOSS, loss + " cannot compare output " + this, fix);
    }

    /** Whether output and target have the same shape, ignoring dimensions of 1. */
    public boolean sameShape() {
        return Arrays.equals(squeeze(outputShape), squeeze(targetShape));
    }

    static long[] squeeze(long[] shape) {
        return Arrays.stream(shape).filter(dim -> dim != 1).toArray();
    }

    boolean realOutput() {
        return outputType == ElementType.FLOAT || outputType == ElementType.DOUBLE;
    }

    @Override
    public String toString() {
        return output + " " + Arrays.toString(outputShape) + " (" + outputType + ") with target "
                + Arrays.toString(targetShape) + " (" + targetType + "), per example";
    }
}
