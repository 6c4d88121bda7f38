package io.afterlearner.asktell.mutation;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Standard bit mutation for any kind of parameter (Doerr, Doerr, Kötzing: Static and self-adjusting mutation strengths for
 * multi-valued decision variables, 2018): each parameter mutates with some probability; if none did, one at random does.
 *
 * <p>A mutated choice takes another option at random. A whole number takes a step of random magnitude or any other value of a
 * short range. A real number moves by Gaussian noise of random magnitude, down to a thousandth of its step.
 */
final class Mutation {

    /** Whole-number ranges up to this many values are treated as choices half of the time. */
    private static final double SHORT_RANGE = 64;

    private static final double ORDERS_OF_MAGNITUDE = StrictMath.log(1000);

    private final List<Parameter> parameters;
    private final Latent latent;
    private final int[] movable;

    Mutation(Space space) {
        parameters = space.parameters();
        latent = new Latent(space);
        movable = IntStream.range(0, parameters.size())
                .filter(i -> parameters.get(i).low() < parameters.get(i).high())
                .toArray();
    }

    /** The number of parameters with more than one value. */
    int movable() {
        return movable.length;
    }

    double[] child(double[] parent, double rate, Generator random) {
        double[] child = parent.clone();
        double perStay = 1 / StrictMath.log1p(-rate);
        double next = stays(perStay, random);
        if (next >= movable.length && movable.length > 0) {
            mutate(parent, child, movable[random.below(movable.length)], random);
        }
        while (next < movable.length) {
            mutate(parent, child, movable[(int) next], random);
            next += 1 + stays(perStay, random);
        }
        return child;
    }

    /** The number of parameters to skip until the next mutation: geometric, so that only mutated parameters cost draws. */
    private static double stays(double perStay, Generator random) {
        return Math.floor(-random.exponential() * perStay);
    }

    private void mutate(double[] from, double[] child, int at, Generator random) {
        Parameter parameter = parameters.get(at);
        if (parameter instanceof Parameter.Choice choice) {
            child[at] = other(0, choice.options(), from[at], random);
        } else if (parameter instanceof Parameter.Int whole) {
            child[at] = mutated(whole, from, at, random);
        } else {
            child[at] = moved(from, at, random);
        }
    }

    private double mutated(Parameter.Int whole, double[] from, int at, Generator random) {
        if (whole.values() <= SHORT_RANGE && random.uniform() < 0.5) {
            return other(whole.low(), (int) whole.values(), from[at], random);
        }
        double value = moved(from, at, random);
        return value != from[at] ? value : neighbour(whole, from[at], random);
    }

    /** A random value from low upwards, except the current one. */
    private static double other(double low, int values, double value, Generator random) {
        double drawn = low + random.below(values - 1);
        return drawn < value ? drawn : drawn + 1;
    }

    private static double neighbour(Parameter.Int whole, double value, Generator random) {
        double drawn = random.uniform() < 0.5 ? value - 1 : value + 1;
        return whole.holds(drawn) ? drawn : 2 * value - drawn;
    }

    private double moved(double[] from, int at, Generator random) {
        double size = StrictMath.exp(-random.uniform() * ORDERS_OF_MAGNITUDE);
        return latent.moved(at, from[at], size * random.gaussian());
    }
}
