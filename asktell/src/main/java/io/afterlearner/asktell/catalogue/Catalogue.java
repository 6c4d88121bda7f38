package io.afterlearner.asktell.catalogue;

import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.design.Hammersley;
import io.afterlearner.asktell.design.QuasiRandom;
import io.afterlearner.asktell.design.RandomSearch;
import io.afterlearner.asktell.design.Sobol;
import io.afterlearner.asktell.mutation.DiscreteOnePlusOne;
import io.afterlearner.asktell.mutation.MutationRate;
import io.afterlearner.asktell.mutation.OptimisticOnePlusOne;
import io.afterlearner.asktell.mutation.ScreenedOnePlusOne;
import io.afterlearner.asktell.mutation.Variation;
import io.afterlearner.asktell.population.DifferentialEvolution;
import io.afterlearner.asktell.population.DistributionEstimation;
import io.afterlearner.asktell.population.ParticleSwarm;
import io.afterlearner.asktell.population.PopulationControl;
import io.afterlearner.asktell.process.BayesianOptimization;
import io.afterlearner.asktell.quadratic.Adaptive;
import io.afterlearner.asktell.quadratic.QuadraticRegression;
import io.afterlearner.asktell.quadratic.TrustRegionSearch;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import io.afterlearner.asktell.strategy.DiagonalCovariance;
import io.afterlearner.asktell.strategy.EvolutionStrategy;
import io.afterlearner.asktell.strategy.FullCovariance;
import io.afterlearner.asktell.strategy.OnePlusOne;
import io.afterlearner.asktell.strategy.Restarts;
import java.util.List;
import java.util.function.Function;

/** Every algorithm with its public name; the names follow Nevergrad. */
record Catalogue(String title, Function<Run, Algorithm> fresh) {
    /** A matrix of so many rows takes 32 MB. */
    private static final int MAX_MATRIX_ROWS = 2_000;

    static final List<Catalogue> ALL = List.of(
            new Catalogue("RandomSearch", run -> new RandomSearch(run.space())),
            new Catalogue("ScrHammersleySearch", run -> {
                int dimension = run.space().dimension();
                return new QuasiRandom(run, new Hammersley(dimension, run.budget() - 1, run.ownGenerator(0)));
            }),
            new Catalogue("SobolSearch", run -> {
                int dimension = run.space().dimension();
                Run.requireAtMost(Sobol.MAX_DIMENSIONS, dimension, "SobolSearch", "ScrHammersleySearch");
                return new QuasiRandom(run, new Sobol(dimension, run.ownGenerator(0)));
            }),
            new Catalogue("OnePlusOne", run -> new OnePlusOne(run.space())),
            new Catalogue("DiscreteOnePlusOne", run -> new DiscreteOnePlusOne(run, MutationRate::standard)),
            new Catalogue("DiscreteLenglerOnePlusOne", run -> new DiscreteOnePlusOne(run, MutationRate::lengler)),
            new Catalogue("FastGADiscreteOnePlusOne", run -> new DiscreteOnePlusOne(run, MutationRate::heavyTailed)),
            new Catalogue("PortfolioDiscreteOnePlusOne", run -> new DiscreteOnePlusOne(run, MutationRate::portfolio)),
            new Catalogue(
                    "OptimisticDiscreteOnePlusOne",
                    run -> new OptimisticOnePlusOne(run.space(), Variation.discrete(run.space()))),
            new Catalogue(
                    "OptimisticNoisyOnePlusOne",
                    run -> new OptimisticOnePlusOne(run.space(), Variation.gaussian(run.space()))),
            new Catalogue("ScreenedOnePlusOne", ScreenedOnePlusOne::new),
            new Catalogue("DE", run -> new DifferentialEvolution(run, DifferentialEvolution.Crossover.BINOMIAL)),
            new Catalogue(
                    "TwoPointsDE", run -> new DifferentialEvolution(run, DifferentialEvolution.Crossover.TWO_POINTS)),
            new Catalogue("PSO", ParticleSwarm::new),
            new Catalogue("EDA", DistributionEstimation::new),
            new Catalogue("TBPSA", PopulationControl::new),
            new Catalogue("DiagonalCMA", run -> {
                Latent latent = new Latent(run.space());
                return new EvolutionStrategy(latent, new DiagonalCovariance(latent.dimension()));
            }),
            new Catalogue("Adaptive", run -> new Adaptive(run, () -> Auto.population(run))),
            new Catalogue("QuadraticRegression", run -> new QuadraticRegression(run.space())),
            new Catalogue("TrustRegion", TrustRegionSearch::new),
            new Catalogue("BO", run -> new BayesianOptimization(run, BayesianOptimization.MAX_POINTS)),
            new Catalogue("LMMAES", run -> EvolutionStrategy.largeScale(run.space())),
            new Catalogue("CMA", run -> {
                Latent latent = new Latent(run.space());
                return new EvolutionStrategy(latent, matrix(latent));
            }),
            new Catalogue(
                    "CMAWithRestarts",
                    run -> new Restarts(
                            run,
                            (latent, size, start) ->
                                    new EvolutionStrategy(latent, matrix(latent), size, latent.encode(start)))));

    private static FullCovariance matrix(Latent latent) {
        Run.requireAtMost(MAX_MATRIX_ROWS, latent.dimension(), "CMA", "DiagonalCMA");
        return new FullCovariance(latent.dimension());
    }

    static Catalogue of(String title) {
        return ALL.stream()
                .filter(entry -> entry.title.equals(title))
                .findFirst()
                .orElseThrow();
    }
}
