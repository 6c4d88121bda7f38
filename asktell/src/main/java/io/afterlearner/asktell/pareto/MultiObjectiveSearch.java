package io.afterlearner.asktell.pareto;

import io.afterlearner.asktell.MultiObjective;
import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.FeasibleRegion;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds trade-offs by a steady-state evolution strategy of {@value #MEMBERS} members, each with its own step size (Igel,
 * Hansen, Roth: Covariance matrix adaptation for multi-objective optimization, Evolutionary Computation 15, 2007, without the
 * covariance). A child is a member plus Gaussian noise, or plus the difference of two others. It joins, and the member of the
 * deepest dominance layer with the least hypervolume contribution is dropped. A child that survives is a success and lets steps
 * grow. Told constraints come before losses: the member that violates them most is dropped first (Deb: An efficient constraint
 * handling method for genetic algorithms, Computer Methods in Applied Mechanics and Engineering 186, 2000).
 */
public final class MultiObjectiveSearch implements MultiObjective {

    private static final int MEMBERS = 14;
    /** Equal numbers of successes and failures keep the step size, because joining is easier than beating the best. */
    private static final double GROW = StrictMath.log(1.3);

    private static final double SHRINK = GROW;
    private static final double MIN_LOG_STEP = StrictMath.log(1e-12);
    private static final double MAX_LOG_STEP = StrictMath.log(1e6);
    /** The first members are spread wider than a step that improves on one of them. */
    private static final double FIRST_LOG_STEP = StrictMath.log(0.4);

    private static final double DIFFERENCES = 0.5;
    private static final double DIFFERENCE_WEIGHT = 0.7;
    private static final double NOISE_ON_DIFFERENCE = 0.1;

    /** @param violation the sum of the positive constraint values */
    private record Member(long id, double[] coordinates, double[] losses, double violation, double logStep) {}

    /** The origin of a child; parent -1 means none. */
    private record Descent(long parent, double logStep, boolean difference) {}

    private static final Descent NONE = new Descent(-1, FIRST_LOG_STEP, true);

    private record Pending(double[] point, Descent descent) {}

    private final Space space;
    private final Latent latent;
    private final FeasibleRegion region;
    private final int objectives;
    private final int constraints;
    private final long seed;
    /** Never iterated, so its order does not matter. */
    private final Map<Long, Pending> pending = new HashMap<>();

    private final List<Member> members = new ArrayList<>();
    private final ParetoFront front = new ParetoFront();
    private long told;

    public MultiObjectiveSearch(Problem problem, int objectives) {
        if (objectives < 1 || objectives > MAX_OBJECTIVES) {
            throw new IllegalArgumentException("objectives is " + objectives + "; give 1 to " + MAX_OBJECTIVES);
        }
        space = problem.space();
        seed = problem.seed();
        constraints = problem.constraints();
        region = new FeasibleRegion(problem);
        latent = new Latent(space);
        this.objectives = objectives;
    }

    @Override
    public double[] propose(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("number " + number + ": negative; give 0 or more");
        }
        return number == 0 ? space.initial() : child(number);
    }

    private double[] child(long number) {
        Generator random = new Generator(seed, number);
        if (members.size() < MEMBERS / 2) {
            return region.sample(() -> latent.decode(random.gaussians(latent.dimension())), random, space.initial());
        }
        Member parent = members.get(random.below(members.size()));
        Descent descent = descent(parent, random);
        return region.sample(() -> moved(parent, descent, random), random, latent.decode(parent.coordinates()));
    }

    private double[] moved(Member parent, Descent descent, Generator random) {
        double[] coordinates = parent.coordinates().clone();
        double[] one = members.get(random.below(members.size())).coordinates();
        double[] other = members.get(random.below(members.size())).coordinates();
        double step = StrictMath.exp(descent.logStep()) * (descent.difference() ? NOISE_ON_DIFFERENCE : 1);
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] += descent.difference() ? DIFFERENCE_WEIGHT * (one[i] - other[i]) : 0;
            coordinates[i] += step * random.gaussian();
        }
        return latent.decodeShaken(coordinates, random);
    }

    private static Descent descent(Member parent, Generator random) {
        return new Descent(parent.id(), parent.logStep(), random.uniform() < DIFFERENCES);
    }

    /** Repeats the first draw of {@link #child}. */
    private Descent descent(long number) {
        Generator random = new Generator(seed, number);
        return members.size() < MEMBERS / 2 ? NONE : descent(members.get(random.below(members.size())), random);
    }

    @Override
    public void asked(long number, double[] point) {
        region.check(point);
        if (number < 0 || pending.containsKey(number)) {
            throw new IllegalArgumentException("number " + number + ": negative or already outstanding; ask another");
        }
        if (pending.size() >= Optimizer.MAX_OUTSTANDING) {
            throw new IllegalStateException(Optimizer.MAX_OUTSTANDING + " numbers are outstanding; tell some first");
        }
        pending.put(number, new Pending(point.clone(), descent(number)));
    }

    @Override
    public void tell(long number, double[] losses, double... values) {
        check(losses, objectives, "losses");
        check(values, constraints, "constraint values");
        Pending asked = take(number);
        learn(asked.point(), losses.clone(), violation(values), asked.descent());
    }

    @Override
    public void fail(long number) {
        take(number);
    }

    @Override
    public void tell(double[] point, double[] losses, double... values) {
        region.check(point);
        check(losses, objectives, "losses");
        check(values, constraints, "constraint values");
        learn(point.clone(), losses.clone(), violation(values), NONE);
    }

    private Pending take(long number) {
        Pending asked = pending.remove(number);
        if (asked == null) {
            throw new IllegalArgumentException("number " + number + ": not outstanding; ask it first");
        }
        return asked;
    }

    private static void check(double[] numbers, int count, String what) {
        if (numbers.length != count || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    what + " are " + Arrays.toString(numbers) + "; give " + count + " finite numbers");
        }
    }

    private static double violation(double[] values) {
        return Arrays.stream(values).map(value -> Math.max(0, value)).sum();
    }

    private void learn(double[] point, double[] losses, double violation, Descent descent) {
        if (violation == 0) {
            front.add(new Trade(point, losses));
        }
        double change = descent.difference() || members.size() < MEMBERS ? 0 : GROW;
        members.add(new Member(told++, latent.encode(point), losses, violation, limited(descent.logStep() + change)));
        adaptParent(descent.parent(), change);
        if (members.size() > MEMBERS) {
            int weakest = weakest();
            if (weakest == MEMBERS) {
                adaptParent(descent.parent(), descent.difference() ? 0 : -change - SHRINK);
            }
            members.remove(weakest);
        }
    }

    /** The last of the worst constraint violators; if there are none, the weakest by the losses. */
    private int weakest() {
        int weakest = 0;
        for (int i = 1; i < members.size(); i++) {
            weakest = members.get(i).violation() >= members.get(weakest).violation() ? i : weakest;
        }
        return members.get(weakest).violation() > 0
                ? weakest
                : ParetoLayers.weakest(members.stream().map(Member::losses).toList());
    }

    private void adaptParent(long id, double change) {
        members.replaceAll(member -> member.id() != id
                ? member
                : new Member(
                        id,
                        member.coordinates(),
                        member.losses(),
                        member.violation(),
                        limited(member.logStep() + change)));
    }

    private static double limited(double logStep) {
        return Math.min(Math.max(logStep, MIN_LOG_STEP), MAX_LOG_STEP);
    }

    @Override
    public List<Trade> front() {
        return front.trades();
    }

    @Override
    public int outstanding() {
        return pending.size();
    }
}
