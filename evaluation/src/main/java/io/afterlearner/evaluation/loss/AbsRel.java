package io.afterlearner.evaluation.loss;

/** Mean over images of the mean over pixels of |p − t| / t (Eigen et al. 2014); pixels as in {@link DepthThreshold}. */
final class AbsRel implements LossType {
    @Override
    public String name() {
        return "abs-rel";
    }

    @Override
    public Loss create(Settings settings) {
        return signature ->
                Depths.meanOfImages(name(), signature, 0, Double.POSITIVE_INFINITY, (p, t) -> Math.abs(p - t) / t);
    }
}
