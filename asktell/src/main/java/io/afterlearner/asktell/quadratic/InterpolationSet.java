package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The points that the model of a {@link TrustRegionSearch} interpolates, around the best of them; bounded in number. */
final class InterpolationSet {

    private static final double RIDGE = 1e-10;

    private final int most;
    private final List<Sample> points = new ArrayList<>();
    private Sample centre;

    InterpolationSet(int most, double[] start) {
        this.most = most;
        centre = new Sample(start, Double.POSITIVE_INFINITY);
    }

    /** The best point; its loss is positive infinity until a point was added. */
    Sample centre() {
        return centre;
    }

    boolean contains(double[] at) {
        return Arrays.equals(centre.at(), at) || points.stream().anyMatch(sample -> Arrays.equals(sample.at(), at));
    }

    /** The distance from the centre to the farthest point. */
    double reach() {
        return points.stream()
                .mapToDouble(sample -> Vectors.distance(sample.at(), centre.at()))
                .max()
                .orElse(0);
    }

    /** The steps from the centre to all other points. */
    List<double[]> steps() {
        List<double[]> steps = new ArrayList<>();
        others().forEach(sample -> steps.add(Vectors.minus(sample.at(), centre.at())));
        return steps;
    }

    private List<Sample> others() {
        return points.stream().filter(sample -> !sample.equals(centre)).toList();
    }

    /** @param radius points within it count as near */
    void add(Sample added, double radius) {
        points.removeIf(old -> Arrays.equals(old.at(), added.at()));
        if (added.loss() < centre.loss()) {
            centre = added;
        }
        if (points.size() >= most) {
            points.remove(mostReplaceable(added, radius));
        }
        points.add(added);
    }

    /** The sample to replace with the new one: where the new one stands in best, with a preference for far samples. */
    private Sample mostReplaceable(Sample added, double radius) {
        List<Sample> others = others();
        double[] shares = shares(added, others.size());
        Sample choice = others.get(0);
        double most = -1;
        for (int k = 0; k < shares.length; k++) {
            Sample sample = others.get(k);
            double far = Math.max(1, Vectors.distance(sample.at(), centre.at()) / radius);
            double score = (Math.abs(shares[k]) + 1e-6) * far * far * far;
            if (score > most) {
                most = score;
                choice = sample;
            }
        }
        return choice;
    }

    private double[] shares(Sample added, int count) {
        QuadraticKernel kernel = added.equals(centre) ? null : QuadraticKernel.of(steps(), reach(), 1e-8);
        return kernel == null ? new double[count] : kernel.shares(Vectors.minus(added.at(), centre.at()));
    }

    /** The model, centred here, changed as little as necessary to interpolate all points. */
    QuadraticModel fitted(QuadraticModel model, double scale) {
        double[] values = others().stream()
                .mapToDouble(sample -> sample.loss() - centre.loss())
                .toArray();
        QuadraticKernel kernel = QuadraticKernel.of(steps(), scale, RIDGE);
        QuadraticModel next = kernel == null ? model : kernel.fitted(model, values);
        return Double.isFinite(Vectors.norm(next.gradient())) ? next : model;
    }
}
