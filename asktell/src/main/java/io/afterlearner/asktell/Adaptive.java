package io.afterlearner.asktell;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code auto} does with real parameters: a {@link TrustRegion} until the losses show that it does not suit them. Once,
 * early, ℵ₀ is evaluated again: if the two losses differ there is noise, and a {@link QuadraticRegression} over all points
 * takes over. If half of the latest losses were told before, the loss is flat in places, and a population takes over from
 * the best point.
 */
final class Adaptive implements Algorithm {

    private static final int LEAST_BUDGET_TO_PROBE = 20;
    private static final int WINDOW = 24;

    private final Space space;
    private final Plan plan;
    private final QuadraticRegression regression;
    private final Supplier<Algorithm> population;
    private final Deque<Double> latest = new ArrayDeque<>();
    private Algorithm leader;
    private double shippedLoss = Double.POSITIVE_INFINITY;
    private long probe = Told.NEVER_ASKED;
    private @Nullable Told best;

    /** @param population makes what takes over where the loss is flat */
    Adaptive(Plan plan, Supplier<Algorithm> population) {
        this.plan = plan;
        space = plan.space();
        regression = QuadraticRegression.of(space);
        leader = TrustRegion.of(plan);
        this.population = population;
    }

    @Override
    public double[] sample(long number, Generator random) {
        return probing() ? space.initial() : leader.sample(number, random);
    }

    private boolean probing() {
        return probe == Told.NEVER_ASKED
                && shippedLoss < Double.POSITIVE_INFINITY
                && plan.budget() >= LEAST_BUDGET_TO_PROBE;
    }

    @Override
    public void asked(long number, double[] point, boolean sampled) {
        if (sampled && probing() && Arrays.equals(point, space.initial())) {
            probe = number;
        } else {
            leader.asked(number, point, sampled);
        }
    }

    @Override
    public double lossToBeat(long number) {
        return number == probe ? Double.POSITIVE_INFINITY : leader.lossToBeat(number);
    }

    @Override
    public void update(Told told) {
        if (told.number() == 0) {
            shippedLoss = told.loss();
        }
        if (leader != regression) {
            regression.remember(told);
        }
        if (told.number() == probe && probe > 0) {
            if (!told.failed() && told.loss() != shippedLoss) {
                leader = regression;
            }
            return;
        }
        best = best == null || told.loss() < best.loss() ? told : best;
        leader.update(told);
        if (leader instanceof TrustRegion && told.sampled() && flat(told.loss())) {
            leader = population.get();
            leader.update(new Told(Told.NEVER_ASKED, best.point(), best.loss(), false, 0, Double.POSITIVE_INFINITY));
        }
    }

    private boolean flat(double loss) {
        latest.add(loss);
        if (latest.size() > WINDOW) {
            latest.remove();
        }
        return latest.size() == WINDOW && new HashSet<>(latest).size() <= WINDOW / 2;
    }

    @Override
    public double @Nullable [] recommendation() {
        return leader.recommendation();
    }
}
