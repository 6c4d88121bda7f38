package io.afterlearner.asktell.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianProcessTest {
    private static final boolean[] NUMBERS = {false, false, false};
    private static final boolean[] LAST_IS_OPTION = {false, false, true};
    private static final double[] LOGS = {0.2, -0.4, 0.7, Math.log(0.03)};

    private final Random random = new Random(20261124);

    private double[] point() {
        return new double[] {random.nextGaussian(), random.nextGaussian(), random.nextInt(3)};
    }

    private List<double[]> points(int count) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(point());
        }
        return points;
    }

    private double[] scores(int count) {
        return random.doubles(count, -2, 2).toArray();
    }

    private static double[] noise(int count, double value) {
        double[] noise = new double[count];
        Arrays.fill(noise, value);
        return noise;
    }

    @Test
    void withoutNoiseItInterpolatesEveryScoreWithZeroDeviation() {
        List<double[]> points = points(12);
        double[] scores = scores(12);
        GaussianProcess process = GaussianProcess.of(new Matern(LAST_IS_OPTION, LOGS), points, noise(12, 1e-8), scores);
        for (int i = 0; i < scores.length; i++) {
            assertEquals(scores[i], process.mean(points.get(i)), 1e-5);
            assertTrue(process.deviation(points.get(i)) < 1e-3);
        }
        double[] far = {50, 50, 0};
        assertEquals(0, process.mean(far), 1e-9);
        assertTrue(process.deviation(far) > 0.5);
    }

    /** Checks the definition: two marginal likelihoods differ as two normal densities do. */
    @Test
    void theDeviationAgreesWithTheDeterminants() {
        List<double[]> points = points(6);
        Matern kernel = new Matern(NUMBERS, LOGS);
        GaussianProcess process = GaussianProcess.of(kernel, points, noise(6, 0.1), new double[6]);
        double[] at = point();
        double[][] all = new double[7][7];
        points.add(at);
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                all[i][j] = kernel.at(points.get(i), points.get(j)) + (i == j && i < 6 ? 0.1 : 0);
            }
        }
        double[][] six =
                Arrays.stream(all, 0, 6).map(row -> Arrays.copyOf(row, 6)).toArray(double[][]::new);
        double conditional = determinant(all) / determinant(six);
        assertEquals(Math.sqrt(conditional / 7), process.deviation(at), 1e-9);
    }

    /** By elimination. */
    private static double determinant(double[][] matrix) {
        double[][] rows = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        double product = 1;
        for (int k = 0; k < rows.length; k++) {
            product *= rows[k][k];
            for (int i = k + 1; i < rows.length; i++) {
                double factor = rows[i][k] / rows[k][k];
                for (int j = k; j < rows.length; j++) {
                    rows[i][j] -= factor * rows[k][j];
                }
            }
        }
        return product;
    }

    @Test
    void aBelievedPointKeepsMeansAndShrinksDeviations() {
        List<double[]> points = points(10);
        GaussianProcess process = GaussianProcess.of(new Matern(NUMBERS, LOGS), points, noise(10, 1e-6), scores(10));
        double[] believed = point();
        double[] near = {believed[0] + 0.1, believed[1], believed[2]};
        GaussianProcess after = process.believing(believed, 1e-6);
        assertEquals(process.mean(near), after.mean(near), 0);
        assertTrue(after.deviation(near) < 0.5 * process.deviation(near));
        assertTrue(after.deviation(believed) < 0.01);
    }

    @Test
    void addingAPointEqualsStartingAnew() {
        List<double[]> points = points(15);
        double[] scores = scores(15);
        Matern kernel = new Matern(LAST_IS_OPTION, LOGS);
        GaussianProcess anew = GaussianProcess.of(kernel, points, noise(15, 0.01), scores);
        GaussianProcess grown = GaussianProcess.of(
                        kernel, points.subList(0, 14), noise(14, 0.01), Arrays.copyOf(scores, 14))
                .believing(points.get(14), 0.01)
                .scored(scores);
        double[] at = point();
        assertEquals(anew.mean(at), grown.mean(at), 1e-12);
        assertEquals(anew.deviation(at), grown.deviation(at), 1e-12);
    }

    @Test
    void gradientsMatchFiniteDifferences() {
        List<double[]> points = points(9);
        double[] scores = scores(9);
        GaussianProcess process = GaussianProcess.of(new Matern(LAST_IS_OPTION, LOGS), points, noise(9, 0.01), scores);
        assertSlope((at, slope) -> process.improvement(at, -1, slope), point(), 2);
        MarginalLikelihood likelihood = new MarginalLikelihood(LAST_IS_OPTION, points, noise(9, 1), scores);
        assertSlope(likelihood, LOGS, 4);
    }

    private static void assertSlope(Ascent.Slope function, double[] at, int coordinates) {
        double[] slope = new double[at.length];
        function.at(at, slope);
        for (int i = 0; i < coordinates; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double difference = function.at(up, new double[at.length]) - function.at(down, new double[at.length]);
            assertEquals(difference / 2e-5, slope[i], 1e-5 * (1 + Math.abs(slope[i])));
        }
    }

    /** An irrelevant coordinate gets the longest length scale, and existing noise is detected. */
    @Test
    void lengthScalesAndNoiseAreFoundFromScores() {
        List<double[]> points = points(40);
        double[] waves = points.stream().mapToDouble(x -> Math.sin(3 * x[0])).toArray();
        double[] shaken = Arrays.stream(waves)
                .map(wave -> wave + 0.5 * random.nextGaussian())
                .toArray();
        double[] clean = fitted(points, waves);
        double[] noisy = fitted(points, shaken);
        assertTrue(clean[0] < clean[1] - 1 && clean[0] < clean[2] - 1, Arrays.toString(clean));
        assertTrue(clean[3] < Math.log(1e-3), Arrays.toString(clean));
        assertTrue(noisy[3] > Math.log(0.03), Arrays.toString(noisy));
    }

    private static double[] fitted(List<double[]> points, double[] scores) {
        return new MarginalLikelihood(NUMBERS, points, noise(scores.length, 1), scores)
                .best(true, List.of(MarginalLikelihood.usual(3)));
    }

    /** Numerical integral of the amount by which a normal variable falls below a level. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0", "0.3, 0.5, 1", "-1, 2, -9", "2, 0.1, 1.9", "5, 1, 0", "1, 1, -20", "0, 0.01, 3"})
    void expectedImprovementIsItsIntegral(double mean, double deviation, double level) {
        double t = (level - mean) / deviation;
        double top = Math.min(t, 10);
        double sum = 0;
        int cells = 400_000;
        double width = 30.0 / cells;
        for (int k = 0; k < cells; k++) {
            double z = top - (k + 0.5) * width;
            sum += (t - z) * Math.exp(-0.5 * z * z + 0.5 * Math.min(t, 0) * t) * width;
        }
        double expected = Math.log(deviation * sum / Math.sqrt(2 * Math.PI)) - 0.5 * Math.min(t, 0) * t;
        LogExpectedImprovement found = LogExpectedImprovement.of(mean, deviation, level);
        assertEquals(expected, found.value(), 1e-6);
        double step = 1e-6 * deviation;
        double byMean = LogExpectedImprovement.of(mean + step, deviation, level).value()
                - LogExpectedImprovement.of(mean - step, deviation, level).value();
        double byDeviation = LogExpectedImprovement.of(mean, deviation + step, level)
                        .value()
                - LogExpectedImprovement.of(mean, deviation - step, level).value();
        assertEquals(byMean / (2 * step), found.perMean(), 1e-5 * (1 + Math.abs(found.perMean())));
        assertEquals(byDeviation / (2 * step), found.perDeviation(), 1e-5 * (1 + found.perDeviation()));
    }

    @Test
    void hugeLossesDoNotMakeTheOthersEqual() {
        double[] scores = Warp.scores(new double[] {1, 2, 3, 1e300, Double.MAX_VALUE, Double.POSITIVE_INFINITY});
        assertEquals(scores[1] - scores[0], scores[2] - scores[1], 1e-9);
        assertTrue(scores[1] - scores[0] > 1e-3, Arrays.toString(scores));
        assertTrue(scores[3] < scores[4]);
        assertEquals(scores[4], scores[5], 0);
    }
}
