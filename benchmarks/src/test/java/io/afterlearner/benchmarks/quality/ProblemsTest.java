package io.afterlearner.benchmarks.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

    @ParameterizedTest
    @CsvFileSource(resources = "optima.csv", numLinesToSkip = 1, maxCharsPerColumn = 100_000)
    void optimaEqualThoseOfTheReference(int dimension, int seed, String optimum) {
        double[] expected = Arrays.stream(optimum.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertArrayEquals(expected, Problems.optimum(dimension, seed), 1e-14);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "check-vectors.csv", numLinesToSkip = 1)
    void everyCheckVectorIsReproduced(String name, int dimension, double value, double valueAtStart) {
        Instance instance = Problems.of(name, dimension, 0);
        double[] point =
                name.contains("arity") ? choices(dimension, name.charAt(name.length() - 2) - '0') : sines(dimension);
        assertEquals(value, instance.regret().applyAsDouble(point), 1e-12 * value);
        assertEquals(
                valueAtStart, instance.regret().applyAsDouble(instance.space().initial()), 1e-12 * valueAtStart);
        assertEquals(value, instance.loss().applyAsDouble(point), 1e-12 * value);
    }

    private static double[] sines(int dimension) {
        return IntStream.range(0, dimension)
                .mapToDouble(i -> 2 * Math.sin(i + 1))
                .toArray();
    }

    private static double[] choices(int dimension, int arity) {
        return IntStream.range(0, dimension)
                .mapToDouble(i -> (i >= 9 && i % 3 == 0 ? i + 1 : i) % arity)
                .toArray();
    }

    /** 4,000 draws: the mean is off by more than 5 standard errors less than once in a million seeds. */
    @ParameterizedTest
    @ValueSource(strings = {"noise(level=0.1)", "noise(level=1.0)", "addnoise(level=1.0)"})
    void noiseAffectsOnlyTheLossAndIsCentred(String name) {
        Instance instance = Problems.of(name, 6, 0);
        double[] start = instance.space().initial();
        double regret = Problems.of("sphere", 6, 0).regret().applyAsDouble(start);
        assertEquals(regret, instance.regret().applyAsDouble(start));
        double[] losses = IntStream.range(0, 4_000)
                .mapToDouble(i -> instance.loss().applyAsDouble(start))
                .toArray();
        double mean = Arrays.stream(losses).average().orElseThrow();
        double variance =
                Arrays.stream(losses).map(v -> (v - mean) * (v - mean)).sum() / (losses.length - 1);
        assertEquals(regret, mean, 5 * Math.sqrt(variance / losses.length));
        assertEquals(expectedDeviation(name, regret), Math.sqrt(variance), 0.15 * Math.sqrt(variance));
    }

    /** F(x + n) - F(x) = |n|² + 2 n·z has mean 6 and variance 12 + 4 |z|². */
    private static double expectedDeviation(String name, double squaredDistance) {
        double level = name.contains("0.1") ? 0.1 : 1;
        return name.startsWith("add") ? level : level * Math.sqrt(36 + 12 + 4 * squaredDistance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cube", "sphere(", "cube(arity=3)", "rotatedcube(shift=1)"})
    void refusesUnknownNames(String name) {
        assertThrows(IllegalArgumentException.class, () -> Problems.of(name, 6, 0));
    }
}
