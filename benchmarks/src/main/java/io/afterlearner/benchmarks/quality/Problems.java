package io.afterlearner.benchmarks.quality;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The problems of the reference table by name. Continuous ones start at 0 with a unit step, unbounded, with a standard normal
 * optimum; discrete ones have ordered choices and start in their middle. Other names are passed to {@link HeldOut}.
 */
final class Problems {
    private static final Pattern NAME = Pattern.compile("(\\w+)(?:\\(\\w+=([0-9.]+)\\))?");

    private Problems() {}

    /**
     * Returns an instance.
     *
     * @param name as in the reference table, like {@code sphere}, {@code noise(level=0.1)}, {@code jump(arity=5)}
     * @param seed 0 or more; distinguishes instances
     * @throws IllegalArgumentException if the problem is unknown
     */
    static Instance of(String name, int dimension, int seed) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "problem " + name + ": malformed; write it as in the reference table, like noise(level=0.1)");
        }
        String kind = matcher.group(1);
        String argument = matcher.group(2);
        if (argument == null) {
            return continuous(landscape(kind, dimension, seed), dimension);
        }
        return switch (kind) {
            case "noise" -> noisy(dimension, seed, Double.parseDouble(argument));
            case "addnoise" -> additivelyNoisy(dimension, seed, Double.parseDouble(argument));
            case "onemax", "leadingones", "jump" ->
                discrete(Counting.valueOf(kind.toUpperCase(Locale.ROOT)), dimension, Integer.parseInt(argument));
            default -> HeldOut.of(kind, Double.parseDouble(argument), dimension, seed);
        };
    }

    /** The optimum of instance {@code seed}. */
    static double[] optimum(int dimension, int seed) {
        return new RandomState(100_000 + 1_000 * dimension + seed).gaussians(dimension);
    }

    private static ToDoubleFunction<double[]> landscape(String kind, int dimension, int seed) {
        Landscape landscape = Landscape.valueOf(kind.toUpperCase(Locale.ROOT));
        double[] optimum = optimum(dimension, seed);
        return x -> landscape.value(plus(x, optimum, -1));
    }

    static Instance continuous(ToDoubleFunction<double[]> value, int dimension) {
        return new Instance(reals(dimension), value, value);
    }

    /** Noise in proportion to the difference of the loss between neighbours, so that it fades toward the optimum. */
    private static Instance noisy(int dimension, int seed, double level) {
        ToDoubleFunction<double[]> regret = landscape("sphere", dimension, seed);
        RandomState random = new RandomState(3_000 + seed);
        return new Instance(reals(dimension), regret, x -> {
            double value = regret.applyAsDouble(x);
            double neighbour = regret.applyAsDouble(plus(x, random.gaussians(dimension), 1));
            return value + level * random.gaussian() * (neighbour - value);
        });
    }

    private static Instance additivelyNoisy(int dimension, int seed, double level) {
        ToDoubleFunction<double[]> regret = landscape("sphere", dimension, seed);
        RandomState random = new RandomState(3_000 + seed);
        return new Instance(reals(dimension), regret, x -> regret.applyAsDouble(x) + level * random.gaussian());
    }

    private static Instance discrete(Counting counting, int dimension, int arity) {
        ToDoubleFunction<double[]> regret = x -> counting.value(x, arity);
        int middle = (arity - 1) / 2;
        return new Instance(space(dimension, i -> new Parameter.Choice("x" + i, arity, true, middle)), regret, regret);
    }

    static Space reals(int dimension) {
        return space(
                dimension,
                i -> new Parameter.Real("x" + i, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, 0, 1));
    }

    static Space space(int dimension, IntFunction<Parameter> parameter) {
        return new Space(IntStream.range(0, dimension).mapToObj(parameter).toList());
    }

    static double[] plus(double[] x, double[] y, double factor) {
        double[] sum = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            sum[i] = x[i] + factor * y[i];
        }
        return sum;
    }
}
