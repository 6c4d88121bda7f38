package io.afterlearner.asktell.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Algorithm.Told;
import io.afterlearner.asktell.search.Run;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DE, PSO, EDA and TBPSA: progress, and the distributions of their samples and tests. */
class PopulationsTest {

    private static final int DRAWS = 20_000;
    /** Two-sided tail of the normal distribution: 1 in 10⁵ beyond. */
    private static final double Z = 4.42;

    /** In six dimensions and three hundred asks; median of five seeds. */
    @ParameterizedTest
    @CsvSource({
        "DE,1,2",
        "DE,8,2",
        "TwoPointsDE,1,2",
        "TwoPointsDE,8,2",
        "PSO,1,20",
        "PSO,8,10",
        "PSO,64,3",
        "EDA,1,20",
        "EDA,8,10",
        "EDA,64,2",
        "TBPSA,1,100",
        "TBPSA,8,50",
        "TBPSA,64,2"
    })
    void randomSearchIsBeatenOnASphere(String algorithm, int outstanding, double factor) {
        double random = Simulation.median("RandomSearch", Spaces.reals(6), 300, 1, 5, Simulation::sphere);
        double reached = Simulation.median(algorithm, Spaces.reals(6), 300, outstanding, 5, Simulation::sphere);
        assertTrue(reached * factor < random, algorithm + " " + reached + ", RandomSearch " + random);
    }

    /** Standard normal losses without a trend are taken to fall in 5 % of cases: within 4.42 deviations of 10⁴ draws. */
    @Test
    void theTestOfPopulationControlKeepsItsSignificanceLevel() {
        Random random = new Random(11);
        int falls = 0;
        for (int i = 0; i < 10_000; i++) {
            falls += PopulationControl.falls(
                            random.doubles(5).map(x -> random.nextGaussian()).toArray())
                    ? 1
                    : 0;
        }
        assertEquals(500, falls, Z * Math.sqrt(10_000 * 0.05 * 0.95), "seed 11");
        assertTrue(PopulationControl.falls(new double[] {5, 4.1, 3, 2.1, 1}));
    }

    /** Under dominating noise, the mean comes closer than any single evaluation could show. */
    @Test
    void populationControlMakesProgressUnderNoise() {
        double start = Simulation.sphere(new double[6]);
        Random noise = new Random(5);
        Algorithm algorithm = new PopulationControl(new Run(Problem.of(Spaces.reals(6), 4_000, 1, 5), 0));
        double late = 0;
        for (int number = 1; number <= 4_000; number++) {
            double[] point = algorithm.sample(number, new Generator(5, number));
            double loss = Simulation.sphere(point);
            late += number > 3_000 ? loss / 1_000 : 0;
            algorithm.update(told(number, point, loss + 3 * noise.nextGaussian()));
        }
        assertTrue(late < start / 2, "points of the last quarter have " + late + ", the start has " + start);
    }

    /** Variances and covariance of what EDA samples after one batch are those of the selected points, half diagonal. */
    @Test
    void estimationSamplesTheEstimatedDistribution() {
        Algorithm algorithm = new DistributionEstimation(new Run(Problem.of(Spaces.reals(2), 300, 1, 7), 0));
        for (int number = 1; number <= 14; number++) {
            double along = number <= 6 ? number : 100;
            algorithm.update(told(number, new double[] {along, 2 * along}, number));
        }
        double square = (1 + 4 + 9 + 16 + 25 + 36) / 6.0;
        double[] sums = new double[3];
        for (int number = 100; number < 100 + DRAWS; number++) {
            double[] point = algorithm.sample(number, new Generator(7, number));
            double x = point[0] - 3.5;
            double y = point[1] - 7;
            sums[0] += x * x / DRAWS;
            sums[1] += y * y / DRAWS;
            sums[2] += x * y / DRAWS;
        }
        double error = Z * Math.sqrt(2.0 / DRAWS);
        assertEquals(square, sums[0], error * square, "variance of x, seed 7");
        assertEquals(4 * square, sums[1], error * 4 * square, "variance of y, seed 7");
        assertEquals(square, sums[2], error * 2 * square, "covariance, seed 7");
    }

    /** A binomial child takes an inner coordinate with probability 1/d + (1 - 1/d)/2. */
    @Test
    void crossoverMovesTheExpectedNumberOfCoordinates() {
        for (DifferentialEvolution.Crossover crossover : DifferentialEvolution.Crossover.values()) {
            DifferentialEvolution algorithm =
                    new DifferentialEvolution(new Run(Problem.of(Spaces.reals(8), 20, 1, 3), 0), crossover);
            for (int number = 1; number <= 10; number++) {
                double[] point = new Generator(3, number).gaussians(8);
                algorithm.update(told(number, point, number));
            }
            double[] parent = new Generator(3, 1 + 5).gaussians(8);
            int moved = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                double[] child = algorithm.sample(6 + 10L * draw, new Generator(3, 1_000 + draw));
                for (int i = 0; i < 8; i++) {
                    moved += child[i] != parent[i] ? 1 : 0;
                }
            }
            // 1 + 7/2 with variance 7/4, or uniform on 1 to 8 with variance 21/4.
            double variance = crossover == DifferentialEvolution.Crossover.BINOMIAL ? 1.75 : 5.25;
            assertEquals(4.5, moved / (double) DRAWS, Z * Math.sqrt(variance / DRAWS), crossover + ", seed 3");
        }
    }

    private static Told told(long number, double[] point, double loss) {
        return new Told(number, point, loss, true, 0, Double.POSITIVE_INFINITY);
    }
}
