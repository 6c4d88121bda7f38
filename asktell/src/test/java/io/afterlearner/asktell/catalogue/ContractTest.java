package io.afterlearner.asktell.catalogue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.OptimizerContract;
import io.afterlearner.asktell.contract.Thorough;
import io.afterlearner.asktell.ledger.Ledger;
import io.afterlearner.asktell.process.BayesianOptimization;
import io.afterlearner.asktell.search.Run;
import org.junit.jupiter.api.Nested;

/** The contract over the whole catalogue. */
class ContractTest {

    @Nested
    class Auto extends Named {
        Auto() {
            super("auto", 1);
        }
    }

    @Nested
    class RandomSearch extends Named {
        RandomSearch() {
            super("RandomSearch", 1);
        }
    }

    @Nested
    class ScrHammersleySearch extends Named {
        ScrHammersleySearch() {
            super("ScrHammersleySearch", 1);
        }
    }

    @Nested
    class SobolSearch extends Named {
        SobolSearch() {
            super("SobolSearch", 1);
        }
    }

    @Nested
    class OnePlusOne extends Named {
        OnePlusOne() {
            super("OnePlusOne", 1);
        }
    }

    @Nested
    class DiscreteOnePlusOne extends Named {
        DiscreteOnePlusOne() {
            super("DiscreteOnePlusOne", 1);
        }
    }

    @Nested
    class DE extends Named {
        DE() {
            super("DE", 1);
        }
    }

    @Nested
    class TwoPointsDE extends Named {
        TwoPointsDE() {
            super("TwoPointsDE", 1);
        }
    }

    @Nested
    class PSO extends Named {
        PSO() {
            super("PSO", 1);
        }
    }

    @Nested
    class EDA extends Named {
        EDA() {
            super("EDA", 1);
        }
    }

    @Nested
    class TBPSA extends Named {
        TBPSA() {
            super("TBPSA", 1);
        }
    }

    @Nested
    class DiscreteLenglerOnePlusOne extends Named {
        DiscreteLenglerOnePlusOne() {
            super("DiscreteLenglerOnePlusOne", 1);
        }
    }

    @Nested
    class FastGADiscreteOnePlusOne extends Named {
        FastGADiscreteOnePlusOne() {
            super("FastGADiscreteOnePlusOne", 1);
        }
    }

    @Nested
    class PortfolioDiscreteOnePlusOne extends Named {
        PortfolioDiscreteOnePlusOne() {
            super("PortfolioDiscreteOnePlusOne", 1);
        }
    }

    @Nested
    class OptimisticDiscreteOnePlusOne extends Named {
        OptimisticDiscreteOnePlusOne() {
            super("OptimisticDiscreteOnePlusOne", 1);
        }
    }

    @Nested
    class OptimisticNoisyOnePlusOne extends Named {
        OptimisticNoisyOnePlusOne() {
            super("OptimisticNoisyOnePlusOne", 1);
        }
    }

    @Nested
    class DiagonalCMA extends Named {
        DiagonalCMA() {
            super("DiagonalCMA", 1);
        }
    }

    @Nested
    class LMMAES extends Named {
        LMMAES() {
            super("LMMAES", 1);
        }
    }

    @Nested
    class CMA extends Named {
        CMA() {
            super("CMA", 1);
        }
    }

    @Nested
    class TrustRegion extends Named {
        TrustRegion() {
            super("TrustRegion", 1);
        }
    }

    @Nested
    class CMAWithRestarts extends Named {
        CMAWithRestarts() {
            super("CMAWithRestarts", 1);
        }
    }

    @Nested
    class Adaptive extends Named {
        Adaptive() {
            super("Adaptive", 1);
        }
    }

    @Nested
    class ScreenedOnePlusOne extends Named {
        ScreenedOnePlusOne() {
            super("ScreenedOnePlusOne", 1);
        }
    }

    @Nested
    class TwoRunsOfAuto extends Named {
        TwoRunsOfAuto() {
            super("auto", 2);
        }
    }

    @Nested
    class QuadraticRegression extends Named {
        QuadraticRegression() {
            super("QuadraticRegression", 1);
        }
    }

    @Nested
    class ThreeRunsOfCMA extends Named {
        ThreeRunsOfCMA() {
            super("CMA", 3);
        }
    }

    @Nested
    class TwoRunsOfOnePlusOne extends Named {
        TwoRunsOfOnePlusOne() {
            super("OnePlusOne", 2);
        }
    }

    /** With few points, so that dropping is tested and a model costs little. */
    @Nested
    class BO extends OptimizerContract {
        @Override
        protected int asks(Space space, int asks) {
            return Thorough.either(Math.min(asks, 80), asks);
        }

        @Override
        protected Optimizer create(Space space, long budget, int parallelism, long seed) {
            Problem problem = Problem.of(space, budget, parallelism, seed);
            return new Ledger(
                    problem,
                    new Optimizers.Choice("BO", "few points"),
                    new BayesianOptimization(new Run(problem, 0), 16));
        }

        @Override
        protected boolean recommendsByAModel() {
            return true;
        }
    }

    private abstract static class Named extends OptimizerContract {
        private final String name;
        private final int runs;

        Named(String name, int runs) {
            this.name = name;
            this.runs = runs;
        }

        @Override
        protected int asks(Space space, int asks) {
            return Thorough.asks(name, problem(space, BUDGET, PARALLELISM, 1), asks);
        }

        @Override
        protected Optimizer create(Space space, long budget, int parallelism, long seed) {
            return Optimizers.create(name, problem(space, budget, parallelism, seed));
        }

        private Problem problem(Space space, long budget, int parallelism, long seed) {
            return Problem.of(space, budget, parallelism, seed).withRuns(runs);
        }
    }
}
