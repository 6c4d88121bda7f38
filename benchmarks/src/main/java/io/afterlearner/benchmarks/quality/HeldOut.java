package io.afterlearner.benchmarks.quality;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * Problems that no algorithm was tuned on, by name; benchmarks/heldout/problems.py has the same in Python. A name is {@code
 * kind(argument=value)}. The optima of landscapes are standard normal times {@code shift}; a kind that begins with {@code
 * rotated} has randomly rotated axes.
 */
final class HeldOut {
    private static final String ROTATED = "rotated";
    private static final String ADDED = "addnoise";
    private static final String MULTIPLIED = "mulnoise";

    private final int dimension;
    private final int seed;
    private final double argument;

    private HeldOut(int dimension, int seed, double argument) {
        this.dimension = dimension;
        this.seed = seed;
        this.argument = argument;
    }

    /** @throws IllegalArgumentException if the problem is unknown */
    static Instance of(String kind, double argument, int dimension, int seed) {
        return new HeldOut(dimension, seed, argument).of(kind);
    }

    private Instance of(String kind) {
        return switch (kind) {
            case "errorrate" -> Problems.continuous(LinearExamples.errorRate(dimension, random(800_000)), dimension);
            case "minibatch" -> miniBatch();
            case "threshold" -> Problems.continuous(LinearExamples.threshold(dimension, random(800_000)), dimension);
            case "knapsack" -> choices(Combinations.knapsack(dimension, random(800_000)), true);
            case "satisfaction" -> choices(Combinations.satisfaction(dimension, random(800_000)), true);
            case "targets" -> choices(Combinations.targets(dimension, (int) argument, random(800_000)), true);
            case "categories" -> choices(Combinations.targets(dimension, (int) argument, random(800_000)), false);
            case "integers" ->
                of(
                        Boxes.integers(dimension, random(800_000)),
                        i -> new Parameter.Int("x" + i, -argument, argument, false, 0, Double.NaN));
            case "mixed" -> of(Boxes.mixed(dimension, random(800_000)), this::mixed);
            case "boxsphere" -> of(Boxes.sphere(optimum(), argument), this::boxed);
            case "boxrastrigin" -> of(Boxes.rastrigin(dimension, argument, random(800_000)), this::boxed);
            case "decades" ->
                of(
                        Boxes.decades(dimension, random(800_000)),
                        i -> new Parameter.Real("x" + i, 1e-4, 1e2, true, 0.1, Double.NaN));
            default -> unbounded(kind);
        };
    }

    private Instance unbounded(String kind) {
        boolean added = kind.startsWith(ADDED);
        if (added || kind.startsWith(MULTIPLIED)) {
            ToDoubleFunction<double[]> regret = landscape(kind.substring((added ? ADDED : MULTIPLIED).length()), 1);
            RandomState noise = noise();
            return new Instance(Problems.reals(dimension), regret, x -> {
                double value = regret.applyAsDouble(x);
                double drawn = argument * noise.gaussian();
                return added ? value + drawn : value * (1 + drawn);
            });
        }
        return Problems.continuous(landscape(kind, argument), dimension);
    }

    private Instance miniBatch() {
        return new Instance(
                Problems.reals(dimension),
                LinearExamples.errorRate(dimension, random(800_000)),
                LinearExamples.miniBatch(dimension, random(800_000), (int) argument, noise()));
    }

    private ToDoubleFunction<double[]> landscape(String kind, double shift) {
        double[] optimum = Arrays.stream(optimum()).map(v -> shift * v).toArray();
        if (!kind.startsWith(ROTATED)) {
            ToDoubleFunction<double[]> function = function(kind);
            return x -> function.applyAsDouble(Problems.plus(x, optimum, -1));
        }
        ToDoubleFunction<double[]> function = function(kind.substring(ROTATED.length()));
        Rotation rotation = new Rotation(dimension, random(500_000));
        return x -> function.applyAsDouble(rotation.of(Problems.plus(x, optimum, -1)));
    }

    private static ToDoubleFunction<double[]> function(String kind) {
        String name = kind.toUpperCase(Locale.ROOT);
        return Arrays.stream(HeldOutLandscape.values())
                .filter(landscape -> landscape.name().equals(name))
                .findFirst()
                .<ToDoubleFunction<double[]>>map(landscape -> landscape::value)
                .orElseGet(() -> Landscape.valueOf(name)::value);
    }

    private double[] optimum() {
        return random(200_000).gaussians(dimension);
    }

    /** Each use of randomness except noise has its own seed. */
    private RandomState random(int first) {
        return new RandomState(first + 1_000 * dimension + seed);
    }

    private RandomState noise() {
        return new RandomState(3_000 + seed);
    }

    private Parameter boxed(int i) {
        return new Parameter.Real("x" + i, -argument, argument, false, 0, Double.NaN);
    }

    private Parameter mixed(int i) {
        int third = dimension / 3;
        if (i < third) {
            return Problems.reals(dimension).parameters().get(i);
        }
        return i < 2 * third
                ? new Parameter.Int("x" + i, 0, 20, false, 10, Double.NaN)
                : new Parameter.Choice("x" + i, 3, false, 0);
    }

    /** Ordered choices start in their middle, as in Nevergrad. */
    private Instance choices(ToDoubleFunction<double[]> regret, boolean ordered) {
        int options = (int) argument;
        int initial = ordered ? (options - 1) / 2 : 0;
        return of(regret, i -> new Parameter.Choice("x" + i, options, ordered, initial));
    }

    private Instance of(ToDoubleFunction<double[]> regret, IntFunction<Parameter> parameter) {
        Space space = Problems.space(dimension, parameter);
        return new Instance(space, regret, regret);
    }
}
