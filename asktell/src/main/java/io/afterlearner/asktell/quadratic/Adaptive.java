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
 * What {@code auto} uses where a model fits. It starts with a {@link TrustRegionSearch} and switches to another search if the
 * losses do not suit the model. The new search is told all earlier points. It switches
 *
 * <ul>
 *   <li>on plateaus, to a population: at least half of the latest losses are duplicates;
 *   <li>on noise, to a {@link QuadraticRegression}: the latest losses differ no more than noise explains. To measure the noise,
 *       it evaluates ℵ₀ a second time early on, and later the best point, because noise may differ there. If more points are
 *       outstanding than lie between two such checks, a check arrives too late to help: then it switches as soon as it detects
 *       any noise. If the problem declares that there is none, it neither checks nor switches;
 *   <li>from the regression to a population, on lack of fit (Box, Draper: Empirical model-building and response surfaces, 1987):
 *       the regression predicts losses worse than noise explains, and explains less than half of their variation.
 * </ul>
 */
public final class Adaptive implements Algorithm {

    private static final int MIN_BUDGET_TO_REPEAT = 20;
    private static final int REPEATS = 2;
    /** The weight of earlier noise checks at the next one. */
    private static final double KEPT = 0.5;

    private static final int WINDOW = 24;
    /** The number of losses needed to compare their spread with the noise. */
    private static final int FEW = 6;
    /** Losses that differ by this many standard deviations of the noise can be trusted. */
    private static final double CLEAR = 2;
    /** Asks between two noise checks. */
    private static final int BETWEEN_LOOKS = 12;

    private static final int MIN_POINTS_TO_JUDGE_A_FIT = 30;
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
    /** The number of noise checks at the best point so far. */
    private int looks;

    private long lastLook = -BETWEEN_LOOKS;
    private String explanation = "a quadratic model leads within a region where it is trusted";

    /** @param population creates the successor if no model fits */
    public Adaptive(Run run, Supplier<Algorithm> population) {
        this.run = run;
        this.population = population;
        region = new TrustRegionSearch(run);
        regression = new QuadraticRegression(run.space());
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
        return run.noise() != Noise.NONE && run.budget() >= MIN_BUDGET_TO_REPEAT;
    }

    private void doubtEachLoss() {
        boolean noisy = repeats.differ() || run.noise() == Noise.SOME;
        if (noisy && !repeats.open() && latest.size() >= FEW) {
            look();
        } else if (!noisy && latest.size() == WINDOW && new HashSet<>(latest).size() <= WINDOW / 2) {
            leadByPopulation("at least half of the latest losses are duplicates");
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

    /** Whether the latest losses differ more than noise explains. */
    private boolean clear() {
        double mean = latest.stream().mapToDouble(loss -> loss).sum() / latest.size();
        double squares = latest.stream()
                .mapToDouble(loss -> (loss - mean) * (loss - mean))
                .sum();
        return Math.sqrt(squares / (latest.size() - 1)) >= CLEAR * repeats.deviation();
    }

    private void doubtTheFit() {
        if (regression.size() > MIN_POINTS_TO_JUDGE_A_FIT
                && regression.unexplained() > BAD_FIT
                && regression.error() > LACK_OF_FIT * repeats.deviation()) {
            leadByPopulation("a quadratic model predicts losses worse than noise explains");
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
