package io.afterlearner.asktell.catalogue;

import io.afterlearner.asktell.Optimizers.Choice;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.quadratic.TrustRegion;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Plan;
import io.afterlearner.asktell.strategy.DiagonalCovariance;
import io.afterlearner.asktell.strategy.EvolutionStrategy;
import io.afterlearner.asktell.strategy.FullCovariance;

/** Chooses an algorithm from the kinds of the parameters, their number and the budget. */
final class Auto {

    /** Beyond, updating the full matrix costs more time than what it learns within a few thousand asks is worth. */
    private static final int GREATEST_FULL_DIMENSION = 100;

    /** Beyond, a search without a model comes as near, and takes microseconds where a model takes up to milliseconds. */
    private static final long GREATEST_MODEL_BUDGET = 10_000;

    /** Beyond, a child is compared with hundreds of points of thousands of values each. */
    private static final int GREATEST_SCREENED_DIMENSION = 1_000;

    /** Beyond, a Gaussian process over all kinds takes tens of milliseconds an ask. */
    private static final long GREATEST_PROCESS_BUDGET = 300;

    /** Beyond, a Gaussian process over all kinds sees too little of the space. */
    private static final int GREATEST_PROCESS_DIMENSION = 30;

    private Auto() {}

    static Choice choose(Problem problem) {
        Space space = problem.space();
        long budget = problem.budgetEach();
        int dimension = space.dimension();
        boolean modelled = budget <= GREATEST_MODEL_BUDGET;
        long choices = space.parameters().stream()
                .filter(Parameter.Choice.class::isInstance)
                .count();
        if (choices == dimension) {
            return modelled && dimension <= GREATEST_SCREENED_DIMENSION
                    ? new Choice(
                            "ScreenedOnePlusOne",
                            "every parameter is a choice, and a model of " + dimension
                                    + " of them foretells which children are worth an evaluation")
                    : new Choice("FastGADiscreteOnePlusOne", "every parameter is a choice");
        }
        int latent = new Latent(space).dimension();
        if (choices > 0 && budget <= GREATEST_PROCESS_BUDGET && dimension <= GREATEST_PROCESS_DIMENSION) {
            return new Choice(
                    "BO",
                    "numbers beside choices, " + dimension + " in all, and a budget of " + budget
                            + " are what a Gaussian process can foretell");
        }
        boolean fewChoices = choices <= dimension / 4;
        if (modelled && latent <= TrustRegion.MOST_DIMENSIONS && fewChoices) {
            return new Choice(
                    "Adaptive",
                    latent + " numbers are few enough for a quadratic model; noise or plateaus will hand over"
                            + " to a regression or a population");
        }
        if (!fewChoices) {
            return new Choice(
                    "OnePlusOne",
                    choices + " of " + dimension + " parameters are choices, in which no model is smooth");
        }
        if (budget < 50) {
            return new Choice("OnePlusOne", "a budget of " + budget + " is too small for a population to adapt");
        }
        if (latent <= GREATEST_FULL_DIMENSION && budget >= 20L * latent + 200) {
            return new Choice("CMA", "a budget of " + budget + " can learn how " + dimension + " parameters interact");
        }
        return new Choice(
                "DiagonalCMA",
                "a budget of " + budget + " can learn a scale for each of " + dimension + " parameters, not more");
    }

    /** What takes over from a model where the loss is flat in places. */
    static Algorithm population(Plan plan) {
        Latent latent = new Latent(plan.space());
        int dimension = latent.dimension();
        boolean full = plan.budget() >= 20L * dimension + 200;
        return new EvolutionStrategy(latent, full ? new FullCovariance(dimension) : new DiagonalCovariance(dimension));
    }
}
