package io.afterlearner.asktell;

import java.util.List;
import java.util.stream.IntStream;

/**
 * (1+1) evolutionary algorithm with standard bit mutation carried over to any kind of parameter (Droste, Jansen, Wegener:
 * On the analysis of the (1+1) evolutionary algorithm, 2002; Doerr, Doerr, Kötzing: Static and self-adjusting mutation
 * strengths for multi-valued decision variables, 2018): each parameter mutates with probability one over their number, at
 * least one does, and anything at least as good as the parent replaces it.
 *
 * <p>A mutated choice takes another option at random; a whole number takes a step of any order of magnitude, or any
 * other value of a short range; a real number moves by a gaussian whose size is of any order of magnitude down to a
 * thousandth of its step.
 */
final class DiscreteOnePlusOne implements Algorithm {

    /** Ranges of whole numbers up to this many values are treated as choices half of the time. */
    private static final double SHORT_RANGE = 64;

    private static final double ORDERS_OF_MAGNITUDE = StrictMath.log(1000);

    private final List<Parameter> parameters;
    private final Latent latent;
    private final int[] movable;
    private double[] parent;
    private double parentLoss = Double.POSITIVE_INFINITY;
    private final SequentialCode code = new SequentialCode(2);
    private double learnedNats;

    DiscreteOnePlusOne(Space space) {
        parameters = space.parameters();
        latent = new Latent(space);
        parent = space.initial();
        movable = IntStream.range(0, parameters.size())
                .filter(i -> canMove(parameters.get(i)))
                .toArray();
    }

    private static boolean canMove(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return real.low() < real.high();
        }
        return !(parameter instanceof Parameter.Int whole) || whole.low() < whole.high();
    }

    @Override
    public double[] sample(long number, Generator random) {
        double[] child = parent.clone();
        if (movable.length == 0) {
            return child;
        }
        int sure = random.below(movable.length);
        for (int i = 0; i < movable.length; i++) {
            if (i == sure || random.uniform() * movable.length < 1) {
                mutate(child, movable[i], random);
            }
        }
        return child;
    }

    private void mutate(double[] child, int at, Generator random) {
        Parameter parameter = parameters.get(at);
        if (parameter instanceof Parameter.Choice choice) {
            child[at] = mutated(choice, parent[at], random);
        } else if (parameter instanceof Parameter.Int whole) {
            child[at] = mutated(whole, at, random);
        } else {
            child[at] = moved(at, random);
        }
    }

    private static double mutated(Parameter.Choice choice, double value, Generator random) {
        return other(0, choice.options(), value, random);
    }

    private double mutated(Parameter.Int whole, int at, Generator random) {
        double values = whole.high() - whole.low() + 1;
        if (values <= SHORT_RANGE && random.uniform() < 0.5) {
            return other(whole.low(), (int) values, parent[at], random);
        }
        double value = moved(at, random);
        return value != parent[at] ? value : neighbour(whole, parent[at], random);
    }

    /** Any of the values from low but this one. */
    private static double other(double low, int values, double value, Generator random) {
        double drawn = low + random.below(values - 1);
        return drawn < value ? drawn : drawn + 1;
    }

    private static double neighbour(Parameter.Int whole, double value, Generator random) {
        double drawn = random.uniform() < 0.5 ? value - 1 : value + 1;
        return whole.holds(drawn) ? drawn : 2 * value - drawn;
    }

    private double moved(int at, Generator random) {
        double size = StrictMath.exp(-random.uniform() * ORDERS_OF_MAGNITUDE);
        return latent.moved(at, parent[at], size * random.gaussian());
    }

    @Override
    public void update(Told told) {
        boolean replaces = !told.failed() && told.loss() <= parentLoss;
        learnedNats += code.nats(replaces ? 1 : 0);
        if (replaces) {
            parent = told.point();
            parentLoss = told.loss();
        }
    }

    @Override
    public double learnedNats(long number) {
        return learnedNats;
    }
}
