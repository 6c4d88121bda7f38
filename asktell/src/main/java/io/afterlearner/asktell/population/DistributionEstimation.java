package io.afterlearner.asktell.population;

import io.afterlearner.asktell.code.Selection;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.population.Population.Member;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimation of a multivariate normal distribution (Larrañaga, Lozano: Estimation of Distribution Algorithms, 2002): the best
 * of a batch determine the next mean and covariance. The covariance is taken around the previous mean, so that it stretches
 * along the direction of progress instead of shrinking (Hansen: The CMA Evolution Strategy: A Tutorial, section 3.2). Half of
 * it is its diagonal, which keeps every direction alive with few points.
 *
 * <p>No matrix is stored: the selected points' offsets, mixed with Gaussian weights, have that covariance. A batch may hold
 * told points of any older distribution. A batch without a loss halves the deviations.
 */
public final class DistributionEstimation implements Algorithm {

    private static final double SELECTED = 0.4;
    private static final int MAX_IN_BATCH = 100;
    private static final double HALF = Math.sqrt(0.5);
    /** Around a moving mean, estimates may grow without bound. */
    private static final double MAX_DEVIATION = 1e9;

    private final Latent latent;
    private final int batchSize;
    private final List<Member> batch = new ArrayList<>();
    private final Selection selection = new Selection();
    private double[] mean;
    /** The selected offsets from the previous mean, each divided by the root of their number; empty before the first batch. */
    private double[][] offsets = {};

    private final double[] deviations;

    public DistributionEstimation(Run run) {
        latent = new Latent(run.space());
        mean = new double[latent.dimension()];
        deviations = new double[latent.dimension()];
        Arrays.fill(deviations, 1 / HALF);
        long affordable = Math.max(10, run.budget() / 12);
        batchSize = (int) Math.min(MAX_IN_BATCH, Math.min(affordable, 10 + 2L * latent.dimension()));
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] coordinates = new double[mean.length];
        for (double[] offset : offsets) {
            double weight = random.gaussian();
            for (int i = 0; i < coordinates.length; i++) {
                coordinates[i] += weight * offset[i];
            }
        }
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = mean[i] + HALF * (coordinates[i] + deviations[i] * random.gaussian());
        }
        return latent.decodeShaken(coordinates, random);
    }

    @Override
    public void update(Told told) {
        batch.add(new Member(latent.encode(told.point()), told.loss()));
        if (batch.size() >= batchSize) {
            int most = (int) Math.ceil(SELECTED * batchSize);
            learn(selection.best(batch, most, Member::loss).stream()
                    .map(Member::coordinates)
                    .toList());
            batch.clear();
        }
    }

    /** The mean; null before the first batch. */
    @Override
    public double @Nullable [] recommendation() {
        return offsets.length == 0 ? null : latent.decode(mean);
    }

    @Override
    public double learnedNats(long number) {
        return selection.learnedNats();
    }

    private void learn(List<double[]> selected) {
        double root = Math.sqrt(selected.size());
        offsets = selected.isEmpty() ? halved() : new double[selected.size()][];
        for (int k = 0; k < selected.size(); k++) {
            offsets[k] = difference(selected.get(k), root);
        }
        double[] before = mean;
        mean = selected.isEmpty() ? before : new double[before.length];
        for (int i = 0; i < mean.length; i++) {
            double variance = selected.isEmpty() ? deviations[i] * deviations[i] / 4 : 0;
            for (int k = 0; k < selected.size(); k++) {
                mean[i] += selected.get(k)[i] / selected.size();
                variance += offsets[k][i] * offsets[k][i];
            }
            deviations[i] = Math.min(Math.sqrt(variance), MAX_DEVIATION);
        }
    }

    private double[][] halved() {
        return Arrays.stream(offsets)
                .map(offset -> Arrays.stream(offset).map(entry -> entry / 2).toArray())
                .toArray(double[][]::new);
    }

    private double[] difference(double[] coordinates, double divisor) {
        double[] difference = new double[mean.length];
        for (int i = 0; i < difference.length; i++) {
            double offset = (coordinates[i] - mean[i]) / divisor;
            difference[i] = Math.min(Math.max(offset, -MAX_DEVIATION), MAX_DEVIATION);
        }
        return difference;
    }
}
