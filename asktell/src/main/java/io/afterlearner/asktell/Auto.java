package io.afterlearner.asktell;

import io.afterlearner.asktell.Optimizers.Choice;

/** Chooses an algorithm from the kinds of the parameters, their number and the budget. */
final class Auto {

    /** Beyond, updating the full matrix costs more time than what it learns within a few thousand asks is worth. */
    private static final int GREATEST_FULL_DIMENSION = 100;

    private Auto() {}

    static Choice choose(Space space, long budget, int parallelism) {
        int dimension = space.dimension();
        long reals = space.parameters().stream()
                .filter(Parameter.Real.class::isInstance)
                .count();
        if (reals == 0) {
            return new Choice("DiscreteOnePlusOne", "every parameter is a whole number or a choice");
        }
        if (budget < 50) {
            return new Choice("OnePlusOne", "a budget of " + budget + " is too small for a population to adapt");
        }
        if (dimension <= GREATEST_FULL_DIMENSION && budget >= 20L * dimension + 200) {
            return new Choice("CMA", "a budget of " + budget + " can learn how " + dimension + " parameters interact");
        }
        return new Choice(
                "DiagonalCMA",
                "a budget of " + budget + " can learn a scale for each of " + dimension + " parameters, not more");
    }
}
