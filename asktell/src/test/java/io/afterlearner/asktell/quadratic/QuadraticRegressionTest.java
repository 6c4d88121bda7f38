package io.afterlearner.asktell.quadratic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.contract.Contracts;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm.Told;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class QuadraticRegressionTest {

    /** Noise as large as what there is to gain, ten seeds: the recommended points lose less than a fifth of the luckiest. */
    @Test
    void whatItRecommendsUnderNoiseBeatsTheLuckiestDraw() {
        double recommended = 0;
        double luckiest = 0;
        for (long seed = 1; seed <= 10; seed++) {
            Optimizer optimizer = TrustRegionTest.optimizer("QuadraticRegression", 6, 300, 4, seed);
            Random noise = new Random(seed);
            Simulation.run(optimizer, 300, 4, seed, x -> Simulation.sphere(x) + 5 * noise.nextGaussian());
            optimizer.tell(new double[6], Contracts.loss(Simulation.sphere(new double[6]) + 0.1));
            recommended += Simulation.sphere(optimizer.recommend()) / 10;
            luckiest += Simulation.sphere(optimizer.best()) / 10;
        }
        assertTrue(recommended < luckiest / 5, recommended + " recommended, luckiest " + luckiest);
    }

    @Test
    void itKnowsHowMuchOfTheLossesItForetells() {
        double quadratic = unexplained(Simulation::sphere);
        double noise = unexplained(x -> new Random(Double.doubleToLongBits(x[0])).nextGaussian());
        double half =
                unexplained(x -> Simulation.sphere(x) + 4.3 * new Random(Double.doubleToLongBits(x[0])).nextGaussian());
        assertTrue(quadratic < 0.03, "of a quadratic " + quadratic + " is unexplained");
        assertTrue(noise > 0.8, "of noise " + noise + " is unexplained");
        assertTrue(half > 0.35 && half < 0.75, "of both " + half + " is unexplained");
    }

    @Test
    void whatIsOutstandingChangesWhatIsAskedNext() {
        QuadraticRegression regression = regressionOf(60);
        double[] alone = regression.sample(500, new Generator(7, 500));
        boolean differs = false;
        for (long number = 200; number < 208; number++) {
            regression.asked(number, alone, true);
            differs |= !Arrays.equals(alone, regression.sample(500, new Generator(7, 500)));
        }
        assertTrue(differs, "eight outstanding at the point that teaches most, and it is asked again");
    }

    private static QuadraticRegression regressionOf(int points) {
        QuadraticRegression regression = new QuadraticRegression(Spaces.reals(4));
        for (long number = 1; number <= points; number++) {
            double[] point = new Generator(7, number).gaussians(4);
            double loss = Simulation.sphere(point);
            regression.update(new Told(number, point, loss, true, 0, Double.POSITIVE_INFINITY));
        }
        return regression;
    }

    private static double unexplained(ToDoubleFunction<double[]> loss) {
        QuadraticRegression regression = new QuadraticRegression(Spaces.reals(4));
        for (long number = 1; number <= 120; number++) {
            double[] point = new Generator(7, number).gaussians(4);
            regression.update(new Told(number, point, loss.applyAsDouble(point), true, 0, Double.POSITIVE_INFINITY));
        }
        return regression.unexplained();
    }
}
