package io.afterlearner.asktell;

import io.afterlearner.asktell.Optimizers.Choice;

/** Chooses an algorithm from the kinds of the parameters, their number and the budget. */
final class Auto {

    /** Beyond, updating the full matrix costs more time than what it learns within a few thousand asks is worth. */
    private static final int GREATEST_FULL_DIMENSION = 100;

    /** Beyond, a model of two values a coordinate takes milliseconds a tell. */
    private static final int GREATEST_MODEL_DIMENSION = 100;

    /** Beyond, a population comes as near, and asks and tells in microseconds where a model takes up to milliseconds. */
    private static final long GREATEST_MODEL_BUDGET = 10_000;

    private Auto() {}

    static Choice choose(Problem problem) {
        Space space = problem.space();
        long budget = problem.budgetEach();
        int dimension = space.dimension();
        long reals = space.parameters().stream()
                .filter(Parameter.Real.class::isInstance)
                .count();
        if (reals == 0) {
            return new Choice("DiscreteOnePlusOne", "every parameter is a whole number or a choice");
        }
        if (smooth(space) && budget <= GREATEST_MODEL_BUDGET) {
            return new Choice(
                    "Adaptive",
                    dimension
                            + " real parameters are few enough for a quadratic model; noise or plateaus will hand over"
                            + " to a regression or a population");
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

    private static boolean smooth(Space space) {
        return space.dimension() <= GREATEST_MODEL_DIMENSION
                && space.parameters().stream().allMatch(Parameter.Real.class::isInstance);
    }

    /** What takes over from a model where the loss is flat in places. */
    static Algorithm population(Plan plan) {
        Latent latent = new Latent(plan.space());
        int dimension = latent.dimension();
        boolean full = plan.budget() >= 20L * dimension + 200;
        return new EvolutionStrategy(latent, full ? new FullCovariance(dimension) : new DiagonalCovariance(dimension));
    }
}
