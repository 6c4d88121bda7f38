package io.afterlearner.asktell.process;

import io.afterlearner.asktell.coordinates.Features;
import io.afterlearner.asktell.math.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Maximises the expected improvement of a model: draws candidates from the whole space and around the best points, and climbs
 * from the most promising ones.
 */
final class Acquisition {

    private static final int GLOBAL = 100;
    private static final int LOCAL = 100;
    private static final int CLIMBED = 3;
    private static final int EVALUATIONS = 20;
    /** The range of step sizes around a good point, in powers of ten. */
    private static final double MIN_POWER = -3;

    private static final double MAX_POWER = 0.3;

    /** @param features within the bounds, whole where required */
    private record Candidate(double[] point, double[] features, double promise) {}

    private final Features features;
    private final GaussianProcess model;
    private final double level;
    private final double[] low;
    private final double[] high;

    /**
     * @param level the score to improve on
     * @param low least features of the box for candidates; {@code high} the greatest
     */
    Acquisition(Features features, GaussianProcess model, double level, double[] low, double[] high) {
        this.features = features;
        this.model = model;
        this.level = level;
        this.low = low;
        this.high = high;
    }

    /**
     * Returns the most promising free point, or a random one if none is free.
     *
     * @param centres features of the best points, the best first
     * @param free accepts the points that may be asked
     */
    double[] best(List<double[]> centres, Predicate<double[]> free, Generator random) {
        List<Candidate> candidates = new ArrayList<>();
        for (int k = 0; k < GLOBAL; k++) {
            candidates.add(candidate(anywhere(centres.get(0), random)));
        }
        for (int k = 0; k < LOCAL; k++) {
            candidates.add(candidate(nearby(centres.get(random.below(centres.size())), random)));
        }
        Comparator<Candidate> order = Comparator.comparingDouble(candidate -> -candidate.promise());
        candidates.removeIf(candidate -> !free.test(candidate.features()));
        candidates.sort(order);
        List<Candidate> climbed =
                candidates.stream().limit(CLIMBED).map(this::climbed).toList();
        candidates.addAll(climbed);
        return candidates.stream()
                .filter(candidate -> free.test(candidate.features()))
                .min(order)
                .map(Candidate::point)
                .orElseGet(() -> features.point(anywhere(centres.get(0), random)));
    }

    private Candidate candidate(double[] wanted) {
        double[] point = features.point(wanted);
        double[] at = features.of(point);
        return new Candidate(point, at, model.improvement(at, level).value());
    }

    private Candidate climbed(Candidate from) {
        double[] step = new double[low.length];
        Arrays.setAll(
                step,
                i -> features.option()[i] ? 0 : 0.03 * Math.min(model.kernel().lengthScale(i), 3));
        Ascent.Slope slope = (at, gradient) -> model.improvement(at, level, gradient);
        return candidate(Ascent.climb(slope, from.features(), low, high, step, EVALUATIONS)
                .at());
    }

    private double[] anywhere(double[] centre, Generator random) {
        double[] at = new double[low.length];
        boolean boxed = !Arrays.equals(low, features.lows()) || !Arrays.equals(high, features.highs());
        for (int i = 0; i < at.length; i++) {
            at[i] = boxed && !features.option()[i]
                    ? low[i] + random.uniform() * (high[i] - low[i])
                    : features.drawn(i, random);
        }
        if (boxed) {
            keepSome(at, centre, random);
        }
        return at;
    }

    /** In many dimensions a candidate changes only about 20 coordinates. */
    private static void keepSome(double[] at, double[] centre, Generator random) {
        double share = Math.min(1, 20.0 / at.length);
        int changed = random.below(at.length);
        for (int i = 0; i < at.length; i++) {
            at[i] = i == changed || random.uniform() < share ? at[i] : centre[i];
        }
    }

    private double[] nearby(double[] centre, Generator random) {
        double[] at = centre.clone();
        double share = random.uniform() < 0.5 ? 1 : 1.5 / at.length;
        double power = MIN_POWER + (MAX_POWER - MIN_POWER) * random.uniform();
        double size = StrictMath.exp(power * StrictMath.log(10));
        int changed = random.below(at.length);
        for (int i = 0; i < at.length; i++) {
            if (i == changed || random.uniform() < share) {
                at[i] = moved(i, centre, size, i == changed || share < 1, random);
            }
        }
        return at;
    }

    private double moved(int i, double[] centre, double size, boolean option, Generator random) {
        if (features.option()[i]) {
            return option ? random.below(features.options(i)) : centre[i];
        }
        double step = size * Math.min(model.kernel().lengthScale(i), 3);
        double moved = centre[i] + Math.max(step, features.granularity(i, centre)) * random.gaussian();
        return Math.min(Math.max(moved, low[i]), high[i]);
    }
}
