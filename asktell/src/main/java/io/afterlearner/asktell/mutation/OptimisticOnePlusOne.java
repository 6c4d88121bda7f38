package io.afterlearner.asktell.mutation;

import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.code.ChoiceCode;
import io.afterlearner.asktell.code.SequentialCode;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * (1+1) search under noise. Half of the asks are children of the incumbent. The others evaluate the point that could be the
 * best again, by the lower end of a confidence interval (optimism in the face of uncertainty; Auer, Cesa-Bianchi, Fischer:
 * Finite-time analysis of the multiarmed bandit problem, Machine Learning 47, 2002), so a lucky draw is corrected before it
 * misleads. The incumbent is the point with the lowest upper end, so it is good with confidence.
 *
 * <p>The noise is estimated from points evaluated more than once; while these repeat exactly, only one ask in {@link
 * #ASKS_A_CHECK} is a repetition. A bounded number of points is kept; the worst are dropped first. A child that beats the
 * incumbent's mean is a success for the step size (one-fifth rule), which keeps steps visible above the noise.
 */
public final class OptimisticOnePlusOne implements Algorithm {

    private static final int MAX_POINTS = 40;
    private static final double REPEATED = 0.5;
    private static final int ASKS_A_CHECK = 20;
    private static final double GROW = StrictMath.log(2);
    private static final double SHRINK = GROW / 4;
    private static final double LAG_THAT_HALVES = 8;
    private static final double MIN_LOG_STEP = StrictMath.log(1e-20);
    private static final double MAX_LOG_STEP = StrictMath.log(1e9);

    /** A point with the mean of its losses and the root of their number. */
    private record Arm(double[] point, long fingerprint, long count, double mean, double root) {

        Arm(double[] point, long fingerprint, long count, double mean) {
            this(point, fingerprint, count, mean, Math.sqrt((double) count));
        }
    }

    private final Variation variation;
    private final double[] initial;
    private final List<Arm> arms = new ArrayList<>();
    /** The point that may be the best: the lowest lower end. */
    private @Nullable Arm hope;
    /** The point that is the best with the most certainty: the lowest upper end. */
    private @Nullable Arm parent;

    private double logStep;
    private long told;
    private long repetitions;
    private double squaredNoise;
    /** The optimistic and the certain best point, and the fingerprints of dropped points. */
    private final ChoiceCode hopes = new ChoiceCode();

    private final ChoiceCode parents = new ChoiceCode();
    private final ChoiceCode forgotten = new ChoiceCode();
    private final SequentialCode failures = new SequentialCode(2);
    private final SequentialCode successes = new SequentialCode(2);
    private final SequentialCode exactRepetitions = new SequentialCode(2);
    private double learnedNats;

    public OptimisticOnePlusOne(Space space, Variation variation) {
        this.variation = variation;
        initial = space.initial();
    }

    @Override
    public double[] sample(long number, Generator random) {
        if (hope == null || parent == null) {
            return variation.child(initial, 1, random);
        }
        double repeated = repetitions > 0 && squaredNoise == 0 ? 1.0 / ASKS_A_CHECK : REPEATED;
        return random.uniform() < repeated
                ? hope.point().clone()
                : variation.child(parent.point(), StrictMath.exp(logStep), random);
    }

    /** The arm with the lowest interval end: the lower end for sign -1, the upper end for 1. */
    private Arm extreme(int sign) {
        double deviation = repetitions == 0 ? 0 : Math.sqrt(squaredNoise / repetitions);
        double width = deviation * Math.sqrt(2 * StrictMath.log(told + 1.0));
        Arm lowest = arms.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < arms.size(); i++) {
            Arm arm = arms.get(i);
            double end = arm.mean() + sign * width / arm.root();
            if (end < least) {
                lowest = arm;
                least = end;
            }
        }
        return lowest;
    }

    @Override
    public void update(Told news) {
        told++;
        learnedNats += failures.nats(news.failed() ? 1 : 0);
        int known = find(news.point(), news.fingerprint());
        if (known < 0) {
            adapt(news);
            if (!news.failed()) {
                add(new Arm(news.point(), news.fingerprint(), 1, news.loss()));
            }
        } else if (!news.failed()) {
            repeat(known, news.loss());
        }
        if (!arms.isEmpty()) {
            hope = extreme(-1);
            parent = extreme(1);
            learnedNats += hopes.nats(hope.point(), news.point(), arms.size());
            learnedNats += parents.nats(parent.point(), news.point(), arms.size());
        }
    }

    @Override
    public boolean repeats() {
        return true;
    }

    /** The mean of the points evaluated again, each of which may be the best; the parent if there is no mean. */
    @Override
    public double @Nullable [] recommendation() {
        List<Arm> repeated = arms.stream().filter(arm -> arm.count() > 1).toList();
        if (parent == null || repeated.isEmpty()) {
            return null;
        }
        double[] counts = repeated.stream().mapToDouble(Arm::count).toArray();
        double[] mean = variation.mean(repeated.stream().map(Arm::point).toList(), counts);
        return mean != null ? mean : parent.point().clone();
    }

    /** Losses only decide which points are kept and repeated: one of finitely many choices. */
    @Override
    public double learnedNats(long number) {
        return learnedNats;
    }

    private int find(double[] point, long fingerprint) {
        for (int i = 0; i < arms.size(); i++) {
            Arm arm = arms.get(i);
            if (arm.fingerprint() == fingerprint && Arrays.equals(arm.point(), point)) {
                return i;
            }
        }
        return -1;
    }

    private void adapt(Told news) {
        if (news.sampled() && parent != null) {
            boolean success = news.loss() < parent.mean();
            learnedNats += successes.nats(success ? 1 : 0);
            double change = success ? GROW : -SHRINK;
            double next = logStep + change / (1 + news.lag() / LAG_THAT_HALVES);
            logStep = Math.min(Math.max(next, MIN_LOG_STEP), MAX_LOG_STEP);
        }
    }

    private void add(Arm arm) {
        arms.add(arm);
        if (arms.size() > MAX_POINTS) {
            int worst = 0;
            for (int i = 1; i < arms.size(); i++) {
                worst = arms.get(i).mean() > arms.get(worst).mean() ? i : worst;
            }
            Arm gone = arms.remove(worst);
            learnedNats += forgotten.nats(gone.point(), arm.point(), arms.size());
        }
    }

    /** Welford's update: the contribution of a loss to the squared deviations from the mean of its point. */
    private void repeat(int at, double loss) {
        Arm arm = arms.get(at);
        double mean = arm.mean() + (loss - arm.mean()) / (arm.count() + 1);
        boolean exact = squaredNoise == 0;
        squaredNoise += (loss - arm.mean()) * (loss - mean);
        learnedNats += exact ? exactRepetitions.nats(squaredNoise == 0 ? 1 : 0) : 0;
        repetitions++;
        arms.set(at, new Arm(arm.point(), arm.fingerprint(), arm.count() + 1, mean));
    }
}
