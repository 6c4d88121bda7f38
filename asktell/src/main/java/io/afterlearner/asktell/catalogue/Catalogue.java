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
import io.afterlearner.asktell.strategy.LargeScaleStrategy;
import io.afterlearner.asktell.strategy.OnePlusOne;
import io.afterlearner.asktell.strategy.Restarts;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Every algorithm with its public name; the names follow Nevergrad. */
enum Catalogue {
    RANDOM_SEARCH("RandomSearch") {
        @Override
        Algorithm make(Run run) {
            return new RandomSearch(run.space());
        }
    },
    SCR_HAMMERSLEY_SEARCH("ScrHammersleySearch") {
        @Override
        Algorithm make(Run run) {
            int dimension = run.space().dimension();
            return new QuasiRandom(run, new Hammersley(dimension, run.budget() - 1, run.ownGenerator(0)));
        }
    },
    SOBOL_SEARCH("SobolSearch") {
        @Override
        Algorithm make(Run run) {
            int dimension = run.space().dimension();
            if (dimension > Sobol.MOST_DIMENSIONS) {
                throw new IllegalArgumentException("SobolSearch has a sequence for up to " + Sobol.MOST_DIMENSIONS
                        + " parameters, not " + dimension + ": use ScrHammersleySearch");
            }
            return new QuasiRandom(run, new Sobol(dimension, run.ownGenerator(0)));
        }
    },
    ONE_PLUS_ONE("OnePlusOne") {
        @Override
        Algorithm make(Run run) {
            return new OnePlusOne(run.space());
        }
    },
    DISCRETE_ONE_PLUS_ONE("DiscreteOnePlusOne") {
        @Override
        Algorithm make(Run run) {
            return new DiscreteOnePlusOne(run, MutationRate::standard);
        }
    },
    DISCRETE_LENGLER_ONE_PLUS_ONE("DiscreteLenglerOnePlusOne") {
        @Override
        Algorithm make(Run run) {
            return new DiscreteOnePlusOne(run, MutationRate::lengler);
        }
    },
    FAST_GA_DISCRETE_ONE_PLUS_ONE("FastGADiscreteOnePlusOne") {
        @Override
        Algorithm make(Run run) {
            return new DiscreteOnePlusOne(run, MutationRate::heavyTailed);
        }
    },
    PORTFOLIO_DISCRETE_ONE_PLUS_ONE("PortfolioDiscreteOnePlusOne") {
        @Override
        Algorithm make(Run run) {
            return new DiscreteOnePlusOne(run, MutationRate::portfolio);
        }
    },
    OPTIMISTIC_DISCRETE_ONE_PLUS_ONE("OptimisticDiscreteOnePlusOne") {
        @Override
        Algorithm make(Run run) {
            return new OptimisticOnePlusOne(run.space(), Variation.discrete(run.space()));
        }
    },
    OPTIMISTIC_NOISY_ONE_PLUS_ONE("OptimisticNoisyOnePlusOne") {
        @Override
        Algorithm make(Run run) {
            return new OptimisticOnePlusOne(run.space(), Variation.gaussian(run.space()));
        }
    },
    SCREENED_ONE_PLUS_ONE("ScreenedOnePlusOne") {
        @Override
        Algorithm make(Run run) {
            return new ScreenedOnePlusOne(run);
        }
    },
    DE("DE") {
        @Override
        Algorithm make(Run run) {
            return new DifferentialEvolution(run, DifferentialEvolution.Crossover.BINOMIAL);
        }
    },
    TWO_POINTS_DE("TwoPointsDE") {
        @Override
        Algorithm make(Run run) {
            return new DifferentialEvolution(run, DifferentialEvolution.Crossover.TWO_POINTS);
        }
    },
    PSO("PSO") {
        @Override
        Algorithm make(Run run) {
            return new ParticleSwarm(run);
        }
    },
    EDA("EDA") {
        @Override
        Algorithm make(Run run) {
            return new DistributionEstimation(run);
        }
    },
    TBPSA("TBPSA") {
        @Override
        Algorithm make(Run run) {
            return new PopulationControl(run);
        }
    },
    DIAGONAL_CMA("DiagonalCMA") {
        @Override
        Algorithm make(Run run) {
            Latent latent = new Latent(run.space());
            return new EvolutionStrategy(latent, new DiagonalCovariance(latent.dimension()));
        }
    },
    ADAPTIVE("Adaptive") {
        @Override
        Algorithm make(Run run) {
            return new Adaptive(run, () -> Auto.population(run));
        }
    },
    QUADRATIC_REGRESSION("QuadraticRegression") {
        @Override
        Algorithm make(Run run) {
            return QuadraticRegression.of(run.space());
        }
    },
    TRUST_REGION("TrustRegion") {
        @Override
        Algorithm make(Run run) {
            return TrustRegionSearch.of(run);
        }
    },
    BO("BO") {
        @Override
        Algorithm make(Run run) {
            return new BayesianOptimization(run, BayesianOptimization.MOST_POINTS);
        }
    },
    LMMAES("LMMAES") {
        @Override
        Algorithm make(Run run) {
            return new LargeScaleStrategy(run.space());
        }
    },
    CMA("CMA") {
        @Override
        Algorithm make(Run run) {
            Latent latent = new Latent(run.space());
            return new EvolutionStrategy(latent, matrix(latent));
        }
    },
    CMA_WITH_RESTARTS("CMAWithRestarts") {
        @Override
        Algorithm make(Run run) {
            return new Restarts(
                    run,
                    (latent, size, start) -> new EvolutionStrategy(latent, matrix(latent), size, latent.encode(start)));
        }
    };

    /** 32 MB of matrix. */
    private static final int MOST_MATRIX_ROWS = 2_000;

    private final String title;

    Catalogue(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    private static FullCovariance matrix(Latent latent) {
        if (latent.dimension() > MOST_MATRIX_ROWS) {
            throw new IllegalArgumentException("CMA keeps a matrix of " + latent.dimension()
                    + " rows for this space, its limit is " + MOST_MATRIX_ROWS + ": use DiagonalCMA");
        }
        return new FullCovariance(latent.dimension());
    }

    /** A fresh algorithm. */
    abstract Algorithm make(Run run);

    static Catalogue of(String title) {
        return Arrays.stream(values())
                .filter(entry -> entry.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no optimizer is called " + title + ": use auto, "
                        + Arrays.stream(values()).map(Catalogue::title).collect(Collectors.joining(", "))));
    }
}
