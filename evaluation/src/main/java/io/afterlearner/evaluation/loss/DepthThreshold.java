package io.afterlearner.evaluation.loss;

/**
 * Mean over images of the share of pixels whose predicted depth p is off the true depth t by more than a factor:
 * max(p/t, t/p) &gt; {@code delta} (default 1.25). Pixels with t = 0, NaN or infinite don't count; p ≤ 0 is off.
 * This is 1 − the δ accuracy of Eigen, Puhrsch, Fergus, "Depth Map Prediction from a Single Image using a Multi-Scale
 * Deep Network" (2014).
 */
final class DepthThreshold implements LossType {
    @Override
    public String name() {
        return "depth-threshold";
    }

    @Override
    public Loss create(Settings settings) {
        double delta = settings.number("delta", Math.nextUp(1.0), 1e6).orElse(1.25);
        return signature ->
                Depths.meanOfImages(name(), signature, 0, 1, (p, t) -> p * delta < t || p > t * delta ? 1 : 0);
    }
}
