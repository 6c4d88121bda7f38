package io.afterlearner.evaluation;

/**
 * How candidate 0 compares with the untouched model, and with itself at batch 1, on the first examples of a data set. A difference
 * of outputs is relative: the largest difference within an example divided by its largest output, and at least 1 if the outputs are
 * whole numbers that differ or one of them is NaN.
 *
 * @param examples how many were compared
 * @param batch examples per batch
 * @param loss of the split model, as candidates are scored
 * @param plainLoss of the untouched model in plain ONNX Runtime, on the same batches
 * @param outputDifference largest difference between the two
 * @param repeatable whether the untouched model gives the same outputs twice; nothing else holds of one that does not
 * @param singleLoss of the split model with one example at a time; NaN if the batch was given or is 1
 * @param singleDifference largest difference between one example at a time and the batch; 0 if not compared
 */
public record Sanity(
        int examples,
        int batch,
        double loss,
        double plainLoss,
        double outputDifference,
        boolean repeatable,
        double singleLoss,
        double singleDifference) {
    /** Fused kernels of the whole graph may round differently from the split one. */
    public static final double TOLERANCE = 1e-3;

    /** Kernels may add up in another order for another batch size. */
    public static final double BATCH_TOLERANCE = 1e-4;

    public boolean isSound() {
        return outputDifference <= TOLERANCE;
    }

    public boolean isBatchInvariant() {
        return singleDifference <= BATCH_TOLERANCE;
    }
}
