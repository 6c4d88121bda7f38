package io.afterlearner.asktell.ledger;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers.Choice;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.code.SequentialCode;
import io.afterlearner.asktell.coordinates.FeasibleRegion;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Algorithm.Told;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the outstanding numbers, the suggestions and the best told point, in the same way for every {@link Algorithm}. */
public final class Ledger implements Optimizer {

    /** Under noise, one ask in this many repeats the point with the lowest mean, unless the algorithm repeats points itself. */
    private static final int ASKS_A_REPETITION = 6;

    /** @param repeated whether the ask repeats the best point, which the algorithm is not told */
    private record Pending(double[] point, boolean sampled, boolean repeated, long toldBefore, double lossToBeat) {}

    private final Space space;
    private final long seed;
    private final int constraints;
    private final FeasibleRegion region;
    private final Choice chosen;
    /** ln of the number of points: the most that learning which of them is best can take. */
    private final double logSize;

    private final Algorithm algorithm;
    /** Never iterated, so its order does not matter. */
    private final Map<Long, Pending> pending = new HashMap<>();

    private final Suggestions suggestions = new Suggestions();
    private final BestPoints bestPoints;
    /** Whether each tell is the best so far; infeasible samples are repaired towards the best. */
    private final SequentialCode leads = new SequentialCode(2);

    private double leadNats;
    private long told;

    public Ledger(Problem problem, Choice chosen, Algorithm algorithm) {
        space = problem.space();
        seed = problem.seed();
        constraints = problem.constraints();
        region = new FeasibleRegion(problem);
        this.chosen = chosen;
        logSize = space.logSize();
        this.algorithm = algorithm;
        bestPoints = new BestPoints(space.initial(), problem.noise());
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public double[] propose(long number) {
        requireNumber(number);
        if (number == 0) {
            return space.initial();
        }
        double[] suggestion = suggestions.next();
        if (suggestion != null) {
            return suggestion.clone();
        }
        if (isRepetition(number)) {
            return bestPoints.lowest().clone();
        }
        Generator random = new Generator(seed, number);
        return region.sample(() -> algorithm.sample(number, random), random, bestPoints.best());
    }

    private boolean isRepetition(long number) {
        return number % ASKS_A_REPETITION == ASKS_A_REPETITION - 1 && bestPoints.noisy() && !algorithm.repeats();
    }

    @Override
    public void asked(long number, double[] point) {
        requireNumber(number);
        region.check(point);
        register(number, point);
    }

    /** A proposed point needs no check. */
    @Override
    public double[] ask(long number) {
        double[] point = propose(number);
        register(number, point);
        return point;
    }

    private void register(long number, double[] point) {
        if (pending.containsKey(number)) {
            throw new IllegalArgumentException("number " + number + ": already outstanding; ask another");
        }
        if (pending.size() >= MAX_OUTSTANDING) {
            throw new IllegalStateException(MAX_OUTSTANDING + " numbers are outstanding; tell some first");
        }
        boolean suggested = suggestions.use(point);
        double[] kept = point.clone();
        if (!suggested && isRepetition(number) && Arrays.equals(point, bestPoints.lowest())) {
            pending.put(number, new Pending(kept, false, true, told, Double.POSITIVE_INFINITY));
            return;
        }
        boolean sampled = number != 0 && !suggested;
        algorithm.asked(number, kept, sampled);
        pending.put(number, new Pending(kept, sampled, false, told, algorithm.lossToBeat(number)));
    }

    @Override
    public void tell(long number, Outcome outcome) {
        requireConstraints(outcome);
        Pending asked = pending.remove(number);
        if (asked == null) {
            throw new IllegalArgumentException("number " + number + ": not outstanding; ask it first");
        }
        long fingerprint = Vectors.fingerprint(asked.point());
        note(outcome, asked.point(), fingerprint);
        if (!asked.repeated()) {
            learn(outcome, number, asked, fingerprint);
        }
    }

    @Override
    public void tell(double[] point, Outcome outcome) {
        region.check(point);
        requireConstraints(outcome);
        double[] kept = point.clone();
        long fingerprint = Vectors.fingerprint(kept);
        note(outcome, kept, fingerprint);
        learn(outcome, Told.NEVER_ASKED, new Pending(kept, false, false, told, Double.POSITIVE_INFINITY), fingerprint);
    }

    private void note(Outcome outcome, double[] point, long fingerprint) {
        double[] best = bestPoints.best();
        if (outcome instanceof Outcome.Measured measured) {
            bestPoints.add(point, fingerprint, measured);
        }
        leadNats += leads.nats(bestPoints.best() == best ? 0 : 1);
    }

    private void learn(Outcome outcome, long number, Pending asked, long fingerprint) {
        algorithm.update(new Told(
                number,
                asked.point(),
                fingerprint,
                outcome instanceof Outcome.Measured m ? m.loss() : Double.POSITIVE_INFINITY,
                asked.sampled(),
                told - asked.toldBefore(),
                asked.lossToBeat(),
                outcome instanceof Outcome.Measured m ? m.constraints() : List.of()));
        told++;
    }

    private void requireConstraints(Outcome outcome) {
        if (outcome instanceof Outcome.Measured measured
                && measured.constraints().size() != constraints) {
            throw new IllegalArgumentException("constraints: the loss has "
                    + measured.constraints().size() + " values; give " + constraints + ", one per constraint");
        }
    }

    @Override
    public void suggest(double[] point) {
        region.check(point);
        suggestions.add(point.clone());
    }

    @Override
    public double[] recommend() {
        double[] modelled = bestPoints.noisy() ? algorithm.recommendation() : null;
        return modelled != null && region.holds(modelled)
                ? modelled
                : bestPoints.surest().clone();
    }

    @Override
    public double[] best() {
        return bestPoints.best().clone();
    }

    @Override
    public double learnedNats(long number) {
        return Math.min(algorithm.learnedNats(number) + (region.everywhere() ? 0 : leadNats), logSize);
    }

    @Override
    public String explanation() {
        String now = algorithm.explanation();
        return chosen.name() + ": " + chosen.why() + (now.isEmpty() ? "" : "; now " + now);
    }

    @Override
    public int outstanding() {
        return pending.size();
    }

    private static void requireNumber(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("number " + number + ": negative; give 0 or more");
        }
    }
}
