package io.afterlearner.asktell.process;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.coordinates.Features;
import io.afterlearner.asktell.design.QuasiRandom;
import io.afterlearner.asktell.design.Sobol;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Outstanding;
import io.afterlearner.asktell.search.Run;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bayesian optimization: after some evenly spread points, a {@link GaussianProcess} over all told points proposes the point of
 * greatest expected improvement (Jones, Schonlau, Welch: Efficient global optimization of expensive black-box functions,
 * Journal of Global Optimization 13, 1998). Pays off if an evaluation costs more than the milliseconds of an ask.
 *
 * <p>Outstanding points are assumed to have the predicted mean, so that the next point lies elsewhere. Above {@link
 * #MAX_GLOBAL_DIMENSIONS} the search stays in a {@link TrustBox}. A failed evaluation counts as the worst loss. If the model
 * sees undeclared noise, the best point is evaluated again to check. Under noise, the recommendation is the told point with the
 * lowest model mean plus one standard deviation.
 */
public final class BayesianOptimization implements Algorithm {

    static final int MAX_DIMENSIONS = 100;
    public static final int MAX_POINTS = 300;

    private static final int MAX_GLOBAL_DIMENSIONS = 8;
    private static final int CENTRES = 5;
    /** As a share of the variance of the scores. */
    private static final double SUSPICIOUS_NOISE = 0.001;

    private final Run run;
    private final Features features;
    private final QuasiRandom design;
    private final int designed;
    private final Observations observations;
    private final Outstanding<double[]> pending = new Outstanding<>();

    private TrustBox box = TrustBox.first();
    private final LengthScales scales;
    private double[] scores = {};
    private double[] means = {};
    private @Nullable GaussianProcess told;
    private @Nullable GaussianProcess believed;
    private List<double[]> centres = List.of();

    /** @param most points kept */
    public BayesianOptimization(Run run, int most) {
        this.run = run;
        features = new Features(run.space());
        int dimension = features.dimension();
        Run.requireAtMost(MAX_DIMENSIONS, dimension, "BO", "DiagonalCMA");
        design = new QuasiRandom(run, new Sobol(dimension, run.ownGenerator(0)));
        designed = (int) Math.max(3, Math.min(Math.min(2 * dimension, 20), run.budget() / 4));
        observations = new Observations(most);
        scales = new LengthScales(features.option(), run.noise() != Problem.Noise.NONE);
    }

    @Override
    public double[] sample(long number, Generator random) {
        GaussianProcess model = believed;
        if (model == null || run.turn(number) < designed) {
            return design.sample(number, random);
        }
        if (suspicious(model)) {
            return observations.get(best()).point().clone();
        }
        double level = Arrays.stream(means).min().orElseThrow();
        for (double[] at : pending.all()) {
            level = Math.min(level, model.mean(at));
        }
        double[] low = features.lows().clone();
        double[] high = features.highs().clone();
        if (features.dimension() > MAX_GLOBAL_DIMENSIONS) {
            confine(low, high, model.kernel());
        }
        return new Acquisition(features, model, level, low, high).best(centres, this::free, random);
    }

    private void confine(double[] low, double[] high, Matern kernel) {
        double[] sides = box.sides(kernel, low.length);
        for (int i = 0; i < low.length; i++) {
            if (!features.option()[i]) {
                low[i] = Math.max(low[i], centres.get(0)[i] - sides[i]);
                high[i] = Math.min(high[i], centres.get(0)[i] + sides[i]);
            }
        }
    }

    /** Whether there may be noise that has not been checked yet. */
    private boolean suspicious(GaussianProcess model) {
        boolean likely = run.noise() == Problem.Noise.SOME || scales.noise() * model.variance() > SUSPICIOUS_NOISE;
        double[] again = observations.get(best()).features();
        return likely && run.noise() != Problem.Noise.NONE && !observations.repeated() && !isPending(again);
    }

    private boolean isPending(double[] at) {
        return pending.all().stream().anyMatch(other -> Arrays.equals(other, at));
    }

    private int best() {
        return IntStream.range(0, means.length)
                .boxed()
                .min(Comparator.comparingDouble(i -> means[i]))
                .orElseThrow();
    }

    private boolean free(double[] at) {
        return observations.noisy() || !(observations.contains(at) || isPending(at));
    }

    @Override
    public void asked(long number, double[] point, boolean sampled) {
        double[] at = features.of(point);
        if (pending.add(number, at)) {
            believe();
        } else if (believed != null) {
            believed = believed.believing(at, scales.noise());
        }
    }

    @Override
    public void update(Told news) {
        pending.remove(news.number());
        double before = Arrays.stream(observations.losses()).min().orElse(Double.POSITIVE_INFINITY);
        boolean appended = observations.add(news.point(), features.of(news.point()), news.loss());
        if (told != null && news.sampled()) {
            int patience = Math.max(4, features.dimension());
            box = box.after(news.loss() < before, patience);
        }
        scores = Warp.scores(observations.losses());
        if (observations.size() < 3 || Arrays.stream(scores).allMatch(score -> score == 0)) {
            told = null;
        } else {
            model(appended);
        }
        believe();
    }

    private void model(boolean appended) {
        GaussianProcess known = told;
        boolean due = scales.fitIfDue(observations, scores);
        double[] noises = Arrays.stream(observations.shares())
                .map(share -> share * scales.noise())
                .toArray();
        if (due || known == null || !appended) {
            known = GaussianProcess.of(scales.kernel(), observations.features(), noises, scores);
        } else {
            int last = observations.size() - 1;
            known = known.believing(observations.get(last).features(), noises[last])
                    .scored(scores);
        }
        told = known;
        means = known.smoothed(scores, noises);
        centres = IntStream.range(0, means.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> means[i]))
                .limit(CENTRES)
                .map(i -> observations.get(i).features())
                .toList();
    }

    private void believe() {
        believed = told;
        for (double[] at : pending.all()) {
            believed = believed == null ? null : believed.believing(at, scales.noise());
        }
    }

    /** The told point with the lowest model mean plus one standard deviation, so that a single lucky draw cannot win. */
    @Override
    public double @Nullable [] recommendation() {
        GaussianProcess model = told;
        if (model == null) {
            return null;
        }
        double[] surest = centres.get(0);
        double lowest = Double.POSITIVE_INFINITY;
        for (double[] at : observations.features()) {
            double upper = model.mean(at) + model.deviation(at);
            if (upper < lowest) {
                lowest = upper;
                surest = at;
            }
        }
        return features.point(surest);
    }
}
