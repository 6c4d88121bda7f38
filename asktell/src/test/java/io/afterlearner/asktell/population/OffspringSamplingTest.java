package io.afterlearner.asktell.population;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.contract.Chance;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm.Told;
import io.afterlearner.asktell.search.Run;
import org.junit.jupiter.api.Test;

/** Children of parents. Each assertion fails for a correct sampler once in a million seeds; see {@link Chance}. */
class OffspringSamplingTest {

    private static final int DRAWS = 200_000;

    /** Members at powers of 3: the difference of two identifies them. */
    @Test
    void differentialEvolutionDrawsOrderedPairsOfOthersUniformly() {
        DifferentialEvolution algorithm = new DifferentialEvolution(
                new Run(Problem.of(Spaces.reals(1), 200, 1, 35), 0), DifferentialEvolution.Crossover.BINOMIAL);
        for (int number = 1; number <= 10; number++) {
            algorithm.update(told(number, new double[] {Math.pow(3, number - 1)}, 10 - number));
        }
        double parent = 1;
        double best = Math.pow(3, 9);
        double[] counts = new double[72];
        for (int k = 0; k < DRAWS; k++) {
            double child = algorithm.sample(1 + 10L * k, new Generator(35, k))[0];
            counts[pair(Math.rint((child - parent) / 0.8 - (best - parent)))]++;
        }
        Chance.assertEven(counts, "pairs of the nine others, seed 35");
    }

    private static int pair(double difference) {
        for (int one = 1; one < 10; one++) {
            for (int other = 1; other < 10; other++) {
                if (one != other && Math.pow(3, one) - Math.pow(3, other) == difference) {
                    return (one - 1) * 8 + other - 1 - (other > one ? 1 : 0);
                }
            }
        }
        throw new AssertionError("no two others differ by " + difference);
    }

    /** At its own best and at rest, a particle is drawn to the best of all alone, by up to ½ + ln 2 of the way. */
    @Test
    void particlesAreDrawnByAUniformShareInEachCoordinate() {
        ParticleSwarm swarm = new ParticleSwarm(new Run(Problem.of(Spaces.reals(2), 300, 1, 36), 0));
        for (int number = 1; number <= 12; number++) {
            swarm.update(told(number, new double[] {number, -number}, 12 - number));
        }
        double[] first = new double[DRAWS];
        double[] second = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            double[] child = swarm.sample(1 + 12L * k, new Generator(36, k));
            first[k] = (child[0] - 1) / (11 * (0.5 + Math.log(2)));
            second[k] = (child[1] + 1) / (-11 * (0.5 + Math.log(2)));
        }
        Chance.assertUniform(first, "seed 36");
        Chance.assertUniform(second, "seed 36");
        double[] products = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            products[k] = (first[k] - 0.5) * (second[k] - 0.5);
        }
        Chance.assertMean(0, 1 / 144.0, products, "covariance of coordinates, seed 36");
    }

    private static Told told(long number, double[] point, double loss) {
        return new Told(number, point, loss, true, 0, Double.POSITIVE_INFINITY);
    }
}
