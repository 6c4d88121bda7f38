package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.Problem.Noise;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code auto} does where a model fits: a {@link TrustRegionSearch} until the losses show that it does not suit them. Who takes
 * over is told all that was told before. Three things are looked for:
 *
 * <ul>
 *   <li>Plateaus: half of the latest losses were told before. A population takes over.
 *   <li>Noise, unless it was declared that there is none: early, ℵ₀ is evaluated again. As long as losses differ clearly more
 *       than noise makes them, each can be believed and the search goes on; where they no longer do, which is looked at now and then at
 *       the best point since noise may depend on it, a {@link QuadraticRegression} takes over. Where more are outstanding than
 *       lie between two looks, what a look shows is out of date, and it takes over as soon as noise is known.
 *   <li>Lack of fit (Box, Draper: Empirical model-building and response surfaces, 1987): the regression foretells losses
 *       worse than noise explains, and not even half of how they vary. A population takes over.
 * </ul>
 */
public final class Adaptive implements Algorithm {

    private static final int LEAST_BUDGET_TO_REPEAT = 20;
    private static final int REPEATS = 2;
    /** How much an earlier look at the noise counts at the next. */
    private static final double KEPT = 0.5;

    private static final int WINDOW = 24;
    /** So many losses are enough to compare their spread with the noise. */
    private static final int FEW = 6;
    /** Losses that differ by so many standard deviations of the noise can be believed. */
    private static final double CLEAR = 2;
    /** Asks between two looks at the noise. */
    private static final int BETWEEN_LOOKS = 12;

    private static final int LEAST_POINTS_TO_JUDGE_A_FIT = 30;
    private static final double BAD_FIT = 0.5;
    private static final double LACK_OF_FIT = 3;

    private final Run run;
    private final Supplier<Algorithm> population;
    private final TrustRegionSearch region;
    private final QuadraticRegression regression;
    private final Repeats repeats = new Repeats();
    private final Deque<Double> latest = new ArrayDeque<>();
    private Algorithm leader;
    private @Nullable Told best;
    private long told;
    /** How often the noise at the best point was looked at. */
    private int looks;

    private long lastLook = -BETWEEN_LOOKS;
    private String explanation = "a quadratic model leads within a region where it is trusted";

    /** @param population makes what takes over where no model fits */
    public Adaptive(Run run, Supplier<Algorithm> population) {
        this.run = run;
        this.population = population;
        region = TrustRegionSearch.of(run);
        regression = QuadraticRegression.of(run.space());
        leader = region;
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] due = repeats.due();
        return due != null ? due.clone() : leader.sample(number, random);
    }

    @Override
    public void asked(long number, double[] point, boolean sampled) {
        if (!sampled || !repeats.takes(number, point)) {
            leader.asked(number, point, sampled);
        }
    }

    @Override
    public double lossToBeat(long number) {
        return repeats.holds(number) ? Double.POSITIVE_INFINITY : leader.lossToBeat(number);
    }

    @Override
    public void update(Told news) {
        told++;
        if (leader != regression) {
            regression.remember(news);
        }
        if (repeats.holds(news.number())) {
            repeats.tell(news);
        } else {
            learn(news);
        }
        if (leader == region) {
            doubtEachLoss();
        } else if (leader == regression) {
            doubtTheFit();
        }
    }

    private void learn(Told news) {
        if (news.number() == 0 && !news.failed() && mayRepeat()) {
            repeats.want(news, REPEATS, 0);
        }
        best = best == null || news.loss() < best.loss() ? news : best;
        if (news.sampled() && !news.failed()) {
            latest.add(news.loss());
        }
        if (latest.size() > WINDOW) {
            latest.remove();
        }
        leader.update(news);
    }

    private boolean mayRepeat() {
        return run.noise() != Noise.NONE && run.budget() >= LEAST_BUDGET_TO_REPEAT;
    }

    private void doubtEachLoss() {
        boolean noisy = repeats.differ() || run.noise() == Noise.SOME;
        if (noisy && !repeats.open() && latest.size() >= FEW) {
            look();
        } else if (!noisy && latest.size() == WINDOW && new HashSet<>(latest).size() <= WINDOW / 2) {
            leadByPopulation("half of the latest losses are equal to another");
        }
    }

    private void look() {
        boolean late = run.parallelism() > BETWEEN_LOOKS;
        boolean looked = looks > 0 || best == null || best.number() == 0 || !mayRepeat();
        if (late || (looked && !clear())) {
            leadByRegression();
        } else if (best != null && told - lastLook > BETWEEN_LOOKS) {
            lastLook = told;
            repeats.want(best, looks == 0 ? REPEATS : 1, looks == 0 ? 0 : KEPT);
            looks++;
        }
    }

    private void leadByRegression() {
        leader = regression;
        regression.startFrom(region.centre(), 2 * region.radius());
        explanation = "a regression over all losses leads, because noise hides how they differ";
    }

    /** Whether the latest losses differ more than noise makes them. */
    private boolean clear() {
        double mean = latest.stream().mapToDouble(loss -> loss).sum() / latest.size();
        double squares = latest.stream()
                .mapToDouble(loss -> (loss - mean) * (loss - mean))
                .sum();
        return Math.sqrt(squares / (latest.size() - 1)) >= CLEAR * repeats.deviation();
    }

    private void doubtTheFit() {
        if (regression.size() > LEAST_POINTS_TO_JUDGE_A_FIT
                && regression.unexplained() > BAD_FIT
                && regression.error() > LACK_OF_FIT * repeats.deviation()) {
            leadByPopulation("a quadratic model foretells losses worse than noise explains");
        }
    }

    private void leadByPopulation(String why) {
        leader = population.get();
        regression.replayTo(leader);
        explanation = "a population leads, because " + why;
    }

    @Override
    public boolean repeats() {
        return true;
    }

    @Override
    public double @Nullable [] recommendation() {
        return leader.recommendation();
    }

    @Override
    public String explanation() {
        return explanation;
    }
}
