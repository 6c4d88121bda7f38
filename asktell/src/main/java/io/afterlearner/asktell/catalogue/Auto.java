package io.afterlearner.asktell.catalogue;

import io.afterlearner.asktell.Optimizers.Choice;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.quadratic.TrustRegionSearch;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import io.afterlearner.asktell.strategy.DiagonalCovariance;
import io.afterlearner.asktell.strategy.EvolutionStrategy;
import io.afterlearner.asktell.strategy.FullCovariance;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Chooses an algorithm from the kinds of the parameters, their number and the budget: the first rule that applies. */
final class Auto {

    /** Above this dimension a full covariance matrix costs more time than it gains within a few thousand asks. */
    private static final int MAX_FULL_DIMENSION = 100;

    /** Above this budget a search without a model does as well, in microseconds instead of milliseconds per ask. */
    private static final long MAX_MODEL_BUDGET = 10_000;

    /** Above this dimension each child is compared with hundreds of points of thousands of values. */
    private static final int MAX_SCREENED_DIMENSION = 1_000;

    /** Above this budget a Gaussian process over all kinds of parameters takes tens of milliseconds per ask. */
    private static final long MAX_PROCESS_BUDGET = 300;

    /** Above this dimension a Gaussian process over all kinds of parameters sees too little of the space. */
    private static final int MAX_PROCESS_DIMENSION = 30;

    /** Below this budget a population has no time to adapt. */
    private static final long MIN_POPULATION_BUDGET = 50;

    /** Every rule, the first one that applies counts; docs/optimizers.md shows the conditions. */
    static final List<Rule> RULES = List.of(
            new Rule(
                    "all choices; at most 1,000 parameters; budget at most 10,000",
                    facts -> facts.allChoices()
                            && facts.budget() <= MAX_MODEL_BUDGET
                            && facts.dimension() <= MAX_SCREENED_DIMENSION,
                    "ScreenedOnePlusOne",
                    facts -> "every parameter is a choice, and a model of " + facts.dimension()
                            + " of them predicts which children are worth an evaluation"),
            new Rule(
                    "all choices",
                    Facts::allChoices,
                    "FastGADiscreteOnePlusOne",
                    facts -> "every parameter is a choice"),
            new Rule(
                    "choices and numbers; at most 30 parameters; budget at most 300",
                    facts -> facts.choices() > 0
                            && facts.budget() <= MAX_PROCESS_BUDGET
                            && facts.dimension() <= MAX_PROCESS_DIMENSION,
                    "BO",
                    facts -> "a Gaussian process can model numbers and choices, " + facts.dimension()
                            + " in all, within a budget of " + facts.budget()),
            new Rule(
                    "at most a quarter choices; at most 200 coordinates; budget at most 10,000",
                    facts -> facts.fewChoices()
                            && facts.budget() <= MAX_MODEL_BUDGET
                            && facts.coordinates() <= TrustRegionSearch.MAX_DIMENSIONS,
                    "Adaptive",
                    facts -> (facts.coordinates() == 1 ? "1 number is" : facts.coordinates() + " numbers are")
                            + " few enough for a quadratic model; on noise or plateaus it switches to a regression or a"
                            + " population"),
            new Rule(
                    "more than a quarter choices",
                    facts -> !facts.fewChoices(),
                    "OnePlusOne",
                    facts -> facts.choices() + " of " + facts.dimension()
                            + " parameters are choices, in which no model is smooth"),
            new Rule(
                    "budget below 50",
                    facts -> facts.budget() < MIN_POPULATION_BUDGET,
                    "OnePlusOne",
                    facts -> "a budget of " + facts.budget() + " is too small for a population to adapt"),
            new Rule(
                    "at most 100 coordinates; budget at least 200 + 20 per coordinate",
                    facts -> facts.coordinates() <= MAX_FULL_DIMENSION
                            && learnsInteractions(facts.budget(), facts.coordinates()),
                    "CMA",
                    facts -> "a budget of " + facts.budget() + " is enough to learn how " + facts.dimension()
                            + " parameters interact"),
            new Rule(
                    "otherwise",
                    facts -> true,
                    "DiagonalCMA",
                    facts -> "a budget of " + facts.budget() + " is enough to learn a scale for each of "
                            + facts.dimension() + " parameters, but not how they interact"));

    private Auto() {}

    /**
     * @param budget of each run
     * @param dimension number of parameters
     * @param coordinates as {@link Latent} counts them: one per number, one per option of an unordered choice
     * @param choices number of parameters that are choices
     */
    record Facts(long budget, int dimension, long coordinates, long choices) {

        static Facts of(Problem problem) {
            long choices = problem.space().parameters().stream()
                    .filter(Parameter.Choice.class::isInstance)
                    .count();
            return new Facts(
                    problem.budgetEach(), problem.space().dimension(), Memory.coordinates(problem.space()), choices);
        }

        boolean allChoices() {
            return choices == dimension;
        }

        boolean fewChoices() {
            return choices <= dimension / 4;
        }
    }

    /**
     * @param when the condition in words, as docs/optimizers.md shows it
     * @param why one sentence for the user
     */
    record Rule(String when, Predicate<Facts> applies, String algorithm, Function<Facts, String> why) {}

    static Choice choose(Problem problem) {
        Facts facts = Facts.of(problem);
        Rule rule = RULES.stream()
                .filter(row -> row.applies().test(facts))
                .findFirst()
                .orElseThrow();
        return new Choice(rule.algorithm(), rule.why().apply(facts));
    }

    /** The algorithm that replaces a model where the loss is flat in places. */
    static Algorithm population(Run run) {
        Latent latent = new Latent(run.space());
        int dimension = latent.dimension();
        boolean full = learnsInteractions(run.budget(), dimension);
        return new EvolutionStrategy(latent, full ? new FullCovariance(dimension) : new DiagonalCovariance(dimension));
    }

    private static boolean learnsInteractions(long budget, long coordinates) {
        return budget >= 20L * coordinates + 200;
    }
}
