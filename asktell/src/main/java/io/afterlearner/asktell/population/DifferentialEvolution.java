package io.afterlearner.asktell.population;

import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.population.Population.Member;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;

/**
 * Differential evolution (Storn, Price: Differential evolution, a simple and efficient heuristic for global optimization over
 * continuous spaces, Journal of Global Optimization 11, 1997), variant current-to-best/1: a child is its parent moved towards
 * the best and along the difference of two others, in some of the coordinates. It replaces a parent that is not better.
 *
 * <p>Steady state: the first told points become the members, then asks cycle through them, and each tell competes with the
 * current member in its place. Nothing waits for a generation.
 */
public final class DifferentialEvolution implements Algorithm {

    /** Which coordinates move. */
    public enum Crossover {
        /** Each with probability ½, and at least one. */
        BINOMIAL,
        /** Those between two random cuts, wrapping around the end, so that neighbours stay together. */
        TWO_POINTS
    }

    private static final double WEIGHT = 0.8;

    private final Run run;
    private final Latent latent;
    private final Crossover crossover;
    private final Population population;

    public DifferentialEvolution(Run run, Crossover crossover) {
        this.run = run;
        this.crossover = crossover;
        latent = new Latent(run.space());
        population = new Population(members(run.budget()));
    }

    /** 30 members if the budget gives each at least twenty children. */
    private static int members(long budget) {
        return (int) Math.min(30, Math.max(10, budget / 20));
    }

    @Override
    public double[] sample(long number, Generator random) {
        if (!population.isFull()) {
            return latent.decode(random.gaussians(latent.dimension()));
        }
        int place = population.place(run.turn(number));
        int second = population.another(random, place, place);
        double[] one = population.member(second).coordinates();
        double[] other =
                population.member(population.another(random, place, second)).coordinates();
        double[] best = population.best().coordinates();
        double[] moved = moved(population.member(place).coordinates(), best, one, other);
        double[] child = population.member(place).coordinates().clone();
        if (crossover == Crossover.BINOMIAL) {
            takeSome(moved, child, random);
        } else {
            takeNeighbours(moved, child, random);
        }
        return latent.decodeShaken(child, random);
    }

    private static double[] moved(double[] parent, double[] best, double[] one, double[] other) {
        double[] moved = new double[parent.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = parent[i] + WEIGHT * (best[i] - parent[i]) + WEIGHT * (one[i] - other[i]);
        }
        return moved;
    }

    private static void takeSome(double[] moved, double[] child, Generator random) {
        int certain = random.below(child.length);
        long heads = 0;
        for (int i = 0; i < child.length; i++) {
            heads = i % Long.SIZE == 0 ? random.bits() : heads >>> 1;
            child[i] = (heads & 1) == 1 || i == certain ? moved[i] : child[i];
        }
    }

    private static void takeNeighbours(double[] moved, double[] child, Generator random) {
        int from = random.below(child.length);
        int to = from + 1 + random.below(child.length);
        int end = Math.min(to, child.length);
        System.arraycopy(moved, from, child, from, end - from);
        System.arraycopy(moved, 0, child, 0, to - end);
    }

    @Override
    public void update(Told told) {
        if (told.failed()) {
            population.refuseFailed();
            return;
        }
        Member member = new Member(latent.encode(told.point()), told.loss());
        if (!population.isFull()) {
            population.add(member);
            return;
        }
        int place = told.sampled() ? population.place(run.turn(told.number())) : population.worst();
        if (told.loss() <= population.member(place).loss()) {
            population.replace(place, member);
        } else {
            population.refuse();
        }
    }

    @Override
    public double learnedNats(long number) {
        return population.learnedNats();
    }
}
